"""Whatever is done, in whatever order: records stay readable and a refusal writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.gravity import gravity_of
from clinicir.domain.ids import Plain
from clinicir.domain.incident import Incident
from clinicir.domain.obligation import Level
from clinicir.domain.route import route
from clinicir.services import evidence, incidents, notifications, steps, trackers
from clinicir.services.evidence import Described
from clinicir.services.incidents import Said
from clinicir.services.notifications import Choice
from clinicir.services.session import Session
from clinicir.services.steps import Done
from tests.fakes import BY, INCIDENT, START, clock_of, knowledge, new_case, store_of

Move = Callable[[Session], object]

_FACTS = sorted(name for name, spec in knowledge().facts.items() if spec.scope == "incident")
_WORDS = ("yes", "no", "unknown", "none", "potential", "actual", "private", 0, 1, 30, "perhaps")
_STEPS = sorted(knowledge().playbooks.library)
_RULES = sorted(rule.id for rule in knowledge().rules)
_SCENARIOS = sorted(knowledge().playbooks.scenarios)
_INSTANTS = ("T_ATTACK", "T_BREACH", "T_VENDOR", "T_CRIT", "T_HARM", "T_END", "T_TEA")
_REASONS = ("", "Une raison écrite.")
_FILE = Path(__file__)

facts = st.dictionaries(st.sampled_from(_FACTS), st.sampled_from(_WORDS), max_size=3)
instants = st.dictionaries(
    st.sampled_from(_INSTANTS),
    st.integers(-200, 30).map(lambda hours: START + timedelta(hours=hours)), max_size=2,
)  # fmt: skip
cnil: st.SearchStrategy[dict[str, Plain]] = st.fixed_dictionaries(
    {},
    optional={
        "viol.nature": st.sampled_from([["confidentialite"], ["disponibilite"], "unknown", ["x"]]),
        "data.sensibles": st.sampled_from([["sante"], [], "unknown"]),
        "pers.nombre": st.sampled_from([0, 3, 2400, "unknown", -1]),
        "info.etat": st.sampled_from(["oui", "seront", "indetermine", "non"]),
        "dates.notif_sous_traitant": st.sampled_from(
            ["2027-01-12T08:00:00+01:00", "2027-01-11T08:00:00+01:00", "unknown"]
        ),
    },
)
reasons = st.sampled_from(_REASONS)
step_ids = st.sampled_from([*_STEPS, "NO-1"])


def _advance(session: Session, hours: int) -> None:
    clock_of(session).advance(hours=hours)


moves: st.SearchStrategy[Move] = st.one_of(
    st.integers(0, 100).map(lambda n: lambda s: _advance(s, n)),
    st.builds(lambda f, i, c: lambda s: incidents.set_facts(s, INCIDENT, Said(f, i, c), BY),
              facts, instants, cnil),
    st.builds(lambda f, i, r: lambda s: incidents.correct(s, INCIDENT, Said(f, i), r, BY),
              facts, instants, reasons),
    st.builds(lambda n, r: lambda s: incidents.set_scenario(s, INCIDENT, n, r, BY),
              st.sampled_from([*_SCENARIOS, "virus"]), reasons),
    st.builds(lambda t: lambda s: incidents.add_note(s, INCIDENT, t, None, BY),
              st.sampled_from(["", "Une ligne."])),
    st.builds(lambda i: lambda s: steps.complete(s, INCIDENT, i, Done(), BY), step_ids),
    st.builds(lambda i, r: lambda s: steps.skip(s, INCIDENT, i, r, BY), step_ids, reasons),
    st.builds(lambda i, r: lambda s: steps.reopen(s, INCIDENT, i, r, BY), step_ids, reasons),
    st.builds(lambda i, r: lambda s: steps.block(s, INCIDENT, i, r, "Éditeur",
                                                 START + timedelta(days=9), BY),
              step_ids, reasons),
    st.builds(lambda u, c, r: lambda s: notifications.decide(s, INCIDENT, Choice(u, c, r), BY),
              st.sampled_from(["cnil", "persons", "severity"]),
              st.sampled_from(["notify", "do_not_notify", "seront", "ne_seront_pas", "limite"]),
              reasons),
    st.builds(lambda v: lambda s: notifications.file_notification(s, INCIDENT, v, "", "", BY),
              st.sampled_from(["initiale", "complementaire", "complete", "x"])),
    st.builds(lambda r: lambda s: notifications.record_submission(s, INCIDENT, r, "tél.", "", "",
                                                                  BY),
              st.sampled_from([*_RULES, "X-01"])),
    st.builds(lambda d, e: lambda s: notifications.assess(s, INCIDENT, d, e, [], "", BY),
              st.sampled_from([1, 4, 9]), st.sampled_from(["limite", "x"])),
    st.builds(lambda a: lambda s: trackers.track(s, INCIDENT, [], [{"address": a, "where": "Box"}],
                                                 BY),
              st.sampled_from(["203.0.113.9", "10.0.0.1", "x"])),
    st.builds(lambda t: lambda s: evidence.take_in(s, INCIDENT, _FILE, Described(t, "T"), BY),
              st.sampled_from(["a", "b"])),
    st.just(lambda s: incidents.close(s, INCIDENT, ("Leçon.",), {}, BY)),
)  # fmt: skip


@settings(max_examples=40)
@given(st.sampled_from(sorted(set(_SCENARIOS) - {"groupe"})), st.lists(moves, max_size=25))
def test_records_stay_readable_and_refusals_write_nothing(
    scenario: str, sequence: list[Move]
) -> None:
    session = new_case(scenario)
    for move in sequence:
        before, position = _read(session), session.store.position
        try:
            move(session)
        except UserError:
            assert (_read(session), session.store.position) == (before, position)
        _check(session)
    assert store_of(session).verify().intact


def _read(session: Session) -> Incident:
    return Incident.from_records(INCIDENT, lambda kind: session.store.records(INCIDENT, kind))


def _check(session: Session) -> None:
    """Everything that a screen or a paper computes can be computed."""
    case = session.case(INCIDENT)
    found = obligations(case)
    assert len({duty.rule.id for duty in found}) == len(found)
    for duty in found:
        assert duty.level is not Level.SANS_OBJET
        assert duty.establishments == (case.practice.name,)
    listed = [item.step.id for item in route(case)]
    assert len(set(listed)) == len(listed)
    assert set(case.incident.steps) <= set(listed)
    assert gravity_of(case)
