"""Ciphers of entry bodies by the `i` of their envelope, made once each."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.errors import StorageError
from clinicir.vault.keys import PRACTICE, IncidentKey, KeyRing
from clinicir.vault.line import NO_INCIDENT


class BodyCiphers:
    """Entries without incident are sealed under the key of the practice."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._known: dict[str, AESGCM] = {}

    def get(self, incident: str) -> AESGCM | None:
        """Cipher for the `i` of an envelope; None when the key is gone or damaged."""
        cipher = self._known.get(incident)
        if cipher is None:
            try:
                key = self.key(incident)
            except StorageError as error:
                if error.code not in ("key.missing", "key.damaged"):
                    raise
                return None
            cipher = self._known[incident] = AESGCM(key.body_key)
        return cipher

    def read_from(self, ring: KeyRing) -> None:
        """Look for keys not yet known with another ring, which holds the same ones."""
        self._ring = ring

    def make(self, incident: str) -> AESGCM:
        """Draw the key of an incident that no entry names yet, durably, and give its cipher."""
        if self._ring.has_incident_key(scope_of(incident)):
            # left by an opening that a failure cut short: nothing was ever sealed under it
            self._ring.erase_incident_key(scope_of(incident))
        key = self._ring.create_incident_key(scope_of(incident))
        cipher = self._known[incident] = AESGCM(key.body_key)
        return cipher

    def forget(self, incident: str) -> None:
        """Keep nothing of the key of an incident in memory."""
        self._known.pop(incident, None)
        self._ring.forget_incident_key(scope_of(incident))

    def key(self, incident: str) -> IncidentKey:
        """Key for the `i` of an envelope; StorageError `key.missing`, `key.damaged`."""
        return self._ring.incident_key(scope_of(incident))


def scope_of(incident: str | None) -> str:
    """Name of the key file of an `i`: the incident id, or `practice`."""
    return PRACTICE if incident in (None, NO_INCIDENT) else str(incident)
