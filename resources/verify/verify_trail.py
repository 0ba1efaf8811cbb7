"""Vérifie le journal d'un coffre ou d'un dossier clinicir : sans clinicir, sans clé, sans réseau.
Usage : python3 -I verify_trail.py CHEMIN (dossier ou ZIP). Code de sortie : 0 intact, 1 altéré, 3 illisible.
Chaque ligne du journal porte son numéro (n), l'empreinte SHA-256 de la ligne précédente (p ; pour la première, de
vault.json), celle de son contenu scellé (c) et celle du fichier chiffré qu'elle nomme (o) ; trail/head répète les deux
dernières. Copyright 2026 clinicir. Copie, usage et modification libres ; fourni sans aucune garantie."""
import functools, hashlib, itertools, json, pathlib, re, sys, zipfile
HEX, INT, NUMBER, LIMIT = b"([0-9a-f]{64})", b"(0|[1-9][0-9]{0,15})", "([0-9]{6}|[1-9][0-9]{6,8})", 1 << 20
TIME = b"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
LINE = re.compile(rb'\{"a":"u-[0-9a-f]{8}","b":"[^"]*","c":"%b","i":"([0-9a-f]{16}|-)","k":"([a-z_]+\.[a-z_]+|[a-z_]+)","m":%b,"n":%b,(?:"o":"%b",)?'
                  rb'"p":"%b","s":"[0-9a-f]{8}","t":"(%b\.[0-9]{3}Z)","v":1,"z":(?:0|-?[1-9][0-9]{0,3})\}\n' % (HEX, INT, INT, HEX, HEX, TIME))
SLOT = re.compile(rb'(?=.{511}\n\Z)\{"h":"%b","mac":"[0-9a-f]{32}","n":%b\} +\n' % (HEX, INT))
MARK = re.compile(b"clinicir trail checkpoint v1\nvault ([0-9a-f]{32})\nsize %b\nhead %b\ntime %bZ\n" % (INT, HEX, TIME))
def sha256(file):
    blocks = iter(lambda: file.read(LIMIT), b"")
    return functools.reduce(lambda total, block: total.update(block) or total, blocks, hashlib.sha256()).hexdigest().encode()
def verify(names, opened):
    find = lambda form: [found for found in map(re.compile(form).fullmatch, names) if found]
    wrong, note = {}, lambda entry, what: wrong.setdefault(min(entry, n + 1), what)
    digest, read = functools.lru_cache(None)(lambda name: sha256(opened(name))), lambda name, most: opened(name).read(most) if name in names else b""
    shown, marks = ({int(found[2]): found[1] for found in find(form % NUMBER)} for form in (r"(disclosed/e-%s\.json)", r"(anchors/checkpoint-%s)\.txt"))
    files = {digest(found[0]) for found in find(r"objects/([0-9a-f]{2})/\1[0-9a-f]{30}\.cev")}
    head, before, n, latest, purge, objects, kept, told = digest("vault.json"), b"", 0, b"", {}, {}, {}, {}
    trail = itertools.takewhile(names.__contains__, map("trail/trail-{:06d}.jsonl".format, itertools.count(1)))
    for line in itertools.chain.from_iterable(iter(lambda file=opened(name): file.readline(LIMIT + 1), b"") for name in trail):
        sealed, scope, kind, _, number, o, p, time = found.groups() if (found := LINE.fullmatch(line)) else [b""] * 8
        if number != b"%d" % (n + 1) or p != head or len(line) > LIMIT: note(n + 1, "ligne modifiée, déplacée ou ajoutée"); break
        if time < latest: print(f"Remarque : l'entrée {n + 1} est datée d'avant la précédente")
        before, head, n, latest, purge[scope, kind] = head, hashlib.sha256(line).hexdigest().encode(), n + 1, time, n + 1
        if o: objects[n] = o, (scope, b"purge"), (scope, b"purge" + b".evidence" * (kind == b"evidence.add"))
        if n in shown or n in marks: kept[n] = sealed, head
    slots = enumerate(map(SLOT.fullmatch, (read("trail/head", 512), read("trail/head", 1025)[512:])))
    said = {int(slot[2]): slot[1] for parity, slot in slots if slot and int(slot[2]) % 2 == parity}
    if not wrong and said != {n: head, n - 1: before}:
        note(min(top := max(said, default=n), n) + (top != n), f"trail/head ne confirme pas la fin ({n} lues, {top} annoncées)")
    for k, (sealed, *erasures) in objects.items() if files or "SHA256SUMS" not in names else ():
        if sealed not in files and k >= max(purge.get(erasure, 0) for erasure in erasures): note(k, "fichier chiffré modifié ou absent")
    for k in sorted(shown):
        if len(body := read(shown[k], LIMIT + 1)) > LIMIT or [digest(shown[k])] != [*kept.get(k, "")][:1]: note(k, "contenu communiqué faux"); continue
        try: told.setdefault((clear := json.loads(body))["object"] + "", {}).setdefault(clear["d"]["sha256"] + "", k)
        except (LookupError, RecursionError, TypeError, ValueError): continue  # it names no file
    for found in find(r"(?:evidence/([0-9a-f]{32})\.bin|documents/([0-9a-f]{32})\.pdf)"):
        if digest(found[0]).decode() not in (named := told.get(found[1] or found[2], {})):
            note(min(named.values(), default=n + 1), f"{found[0]} n'est pas le fichier du journal")
    for k, name in marks.items():
        mark, stamp = MARK.fullmatch(read(name + ".txt", 300)), read(name + ".tsr", LIMIT)
        if not mark or int(mark[2]) != k or [mark[3]] != [*kept.get(k, "")][1:] or not read("vault.json", LIMIT).endswith(b'"%b"}' % mark[1]) \
                or stamp and bytes.fromhex(digest(name + ".txt").decode()) not in stamp: note(k, f"le journal contredit {name}")
    sums = read("SHA256SUMS", (LIMIT << 4) + 1)
    rows = {name.decode(): total for total, name in re.findall(rb"%b  ([!-~]+)\n" % HEX, sums)}
    bad = [name for name in rows if name not in names or digest(name) != rows[name]]
    if bad or len(sums) > LIMIT << 4 or sum(len(name) + 67 for name in rows) < len(sums): note(n + 1, f"SHA256SUMS contredit : {bad[:9]}")
    print(f"Entrées : {n}\nTête : {head.decode()}\nFichiers chiffrés nommés : {len(objects)}, présents : {len(files)}")
    print(f"Contenus communiqués : {len(shown)}, ancrages : {len(marks)}, le dernier à l'entrée {max(marks, default=0)}")
    print(*(f"Entrée {k} : {wrong[k]}" for k in sorted(wrong)), f"RÉSULTAT : ALTÉRÉ à l'entrée {min(wrong)}" if wrong else "RÉSULTAT : INTACT", sep="\n")
    return 1 if wrong else 0
if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    try:
        path = pathlib.Path(sys.argv[1] if sys.argv[1:] else sys.exit(print(__doc__.splitlines()[1]) or 3))
        bag = None if path.is_dir() else zipfile.ZipFile(path)
        names = bag.namelist() if bag else [p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()]
        if len({*names}) < len(names) or bag and any(one.compress_type for one in bag.infolist()): raise ValueError("double ou comprimé")
        sys.exit(verify({*names}, bag.open if bag else lambda name: open(path / name, "rb")))
    except (OSError, LookupError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
        sys.exit(print("RÉSULTAT : ILLISIBLE (absent, incomplet ou abîmé)", ascii(error)) or 3)
