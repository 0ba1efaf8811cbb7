"""Vérifie le journal d'un coffre ou d'un dossier clinicir : sans clinicir, sans clé, sans réseau.
Usage : python3 -I verify_trail.py CHEMIN (dossier ou ZIP). Code de sortie : 0 intact, 1 altéré, 3 illisible.
Chaque ligne du journal porte son numéro (n), l'empreinte SHA-256 de la ligne précédente (p ; pour la première, de
vault.json), celle de son contenu scellé (c) et celle du fichier chiffré qu'elle nomme (o) ; trail/head répète les deux
dernières. Copyright 2026 clinicir. Copie, usage et modification libres ; fourni sans aucune garantie."""
import hashlib, itertools, json, pathlib, re, sys, zipfile
HEX, INT, LIMIT = b"([0-9a-f]{64})", b"(0|[1-9][0-9]{0,15})", 1 << 20
LINE = re.compile(rb'\{"a":"u-[0-9a-f]{8}","b":"[^"]*","c":"%b","i":"(?:[0-9a-f]{16}|-)","k":"([a-z_]+\.[a-z_]+|'
                  rb'[a-z_]+)","m":%b,"n":%b,(?:"o":"%b",)?"p":"%b","s":"[0-9a-f]{8}","t":"([0-9]{4}-[0-9]{2}-[0-9]{2}T'
                  rb'[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)","v":1,"z":(?:0|-?[1-9][0-9]{0,3})\}\n' % (HEX, INT, INT, HEX, HEX))
SLOT = re.compile(rb'(?=.{511}\n\Z)\{"h":"%b","mac":"[0-9a-f]{32}","n":%b\} +\n' % (HEX, INT))
def sha256(file):
    total = hashlib.sha256()
    for block in iter(lambda: file.read(LIMIT), b""): total.update(block)
    return total.hexdigest().encode()
def lines(names, opened):
    for name in itertools.takewhile(names.__contains__, map("trail/trail-{:06d}.jsonl".format, itertools.count(1))):
        yield from iter(lambda file=opened(name): file.readline(LIMIT + 1), b"")
def verify(names, opened):
    find = lambda form: [found for found in map(re.compile(form).fullmatch, names) if found]
    shown = {int(found[1]): found[0] for found in find(r"disclosed/e-([0-9]{6,9})\.json")}
    files = {sha256(opened(found[0])) for found in find(r"objects/([0-9a-f]{2})/\1[0-9a-f]{30}\.cev")}
    head, before, n, latest, purge, objects, sealed, wrong = sha256(opened("vault.json")), b"", 0, b"", 0, {}, {}, {}
    for line in lines(names, opened):
        found = LINE.fullmatch(line)
        if not found or len(line) > LIMIT or int(found[4]) != n + 1 or found[6] != head:
            wrong[n + 1] = "ligne du journal modifiée, déplacée, incomplète ou ajoutée"
            break
        if found[7] < latest: print(f"Remarque : l'entrée {n + 1} est datée d'avant la précédente")
        before, head, n, latest = head, hashlib.sha256(line).hexdigest().encode(), n + 1, found[7]
        if found[5]: objects[n] = found[5]
        if found[2] == b"purge": purge = n
        if n in shown: sealed[n] = found[1]
    raw = opened("trail/head").read(1025) if "trail/head" in names else b""
    slots = enumerate([SLOT.fullmatch(raw[:512]), SLOT.fullmatch(raw[512:])])
    said = {int(slot[2]): slot[1] for parity, slot in slots if slot and int(slot[2]) % 2 == parity}
    if not wrong and said != {n: head, n - 1: before}:
        top = max(said, default=n)
        wrong[min(top, n) + (top != n)] = f"trail/head ne confirme pas la fin du journal ({n} lues, {top} annoncées)"
    for k in (k for k in objects if objects[k] not in files and k > purge and (files or "SHA256SUMS" not in names)):
        wrong.setdefault(k, "fichier chiffré modifié ou absent du dossier objects")
    for k, content in ((k, opened(name).read(LIMIT)) for k, name in shown.items()):
        same = hashlib.sha256(content).hexdigest().encode() == sealed.get(k)
        clear = f"evidence/{json.loads(content).get('object')}.bin" if same else ""
        if not same or clear in names and sha256(opened(clear)).decode() != json.loads(content)["d"]["sha256"]:
            wrong.setdefault(min(k, n + 1), "contenu ou pièce communiqués différents de ceux du journal")
    print(f"Entrées : {n}\nTête : {head.decode()}\nFichiers chiffrés nommés : {len(objects)}, présents : {len(files)}")
    print(*(f"Entrée {k} : {wrong[k]}" for k in sorted(wrong)), sep="\n", end="\n" if wrong else "")
    print(f"RÉSULTAT : ALTÉRÉ à l'entrée {min(wrong)}" if wrong else "RÉSULTAT : INTACT")
    return 1 if wrong else 0
if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    try:
        path = pathlib.Path(sys.argv[1] if sys.argv[1:] else sys.exit(print(__doc__.splitlines()[1]) or 3))
        bag = None if path.is_dir() else zipfile.ZipFile(path)
        names = bag.namelist() if bag else [p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()]
        if len(set(names)) < len(names): raise ValueError("noms en double")
        sys.exit(verify(set(names), bag.open if bag else lambda name: open(path / name, "rb")))
    except (OSError, LookupError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
        sys.exit(print("RÉSULTAT : ILLISIBLE (absent, incomplet ou abîmé)", ascii(error)) or 3)
