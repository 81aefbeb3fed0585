"""An inbox full of what was made to do harm: each thing is named with its reason, and the good articles are imported."""

import os
import re
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence

import pytest

from tests.conftest import Site, ok, told
from tests.e2e.running import Process, left_of, leftovers, once, start, workers
from tests.e2e.test_import import LETTER, READS_ALL

SECONDS = 240  # far more than it takes, on a machine that has other work
MEMORY = 1_500_000  # KiB, of any one process of it

SENTENCE = (
    "Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says."
)
TEXT = f"{SENTENCE}\n\nThe company did not answer, and the workers said that they would wait for another week.\n"
BOMB = '<!DOCTYPE r [<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
RSS = '<rss version="2.0"><channel><title>{}</title>{}</channel></rss>'
MIME = "From: A <a@b.example>\nSubject: A letter\nMIME-Version: 1.0\n"


def item(name: object, words: str = SENTENCE) -> str:
    return f"<item><guid>{name}</guid><description>{words}</description></item>"


def nested(tag: str, depth: int) -> str:
    return f"<html><body>{f'<{tag}>' * depth}<p>{SENTENCE}"


# The reason for which each is refused.
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "text-of-7-mib.txt": (SENTENCE * 65_000, "its text is longer than 512 KiB"),
    "zeros.txt": ("\0".join(TEXT) + "\0" * 99, "not a text"),
    "binary.txt": (bytes(range(256)) * 40, "not a text"),
    "empty.txt": ("", "the file is empty"),
    "nested-div.html": (nested("div", 100_000), "no article in it"),
    "nested-list.html": (nested("ul><li", 50_000), "no article in it"),
    "nested-quote.html": (nested("blockquote", 100_000), "no article in it"),
    "bomb.html": (f"{BOMB}<html><body><p>&e11;", "not a web page"),
    "sources.xml": (
        f'<?xml version="1.0"?>{BOMB}<opml version="2.0"><body><outline text="&e11;"/></body></opml>',
        "a list of feeds",
    ),
    "many.xml": (RSS.format("Many", "".join(item(n, "x") for n in range(100_000))), "a feed of more than 5000 items"),
    "lists.json": ("[" * 4_000_000 + "]" * 4_000_000, "not a feed"),
    "lists-within.json": ('{"version": ' + "[" * 4_000_000 + "]" * 4_000_000 + "}", "not JSON"),
    "boundary.eml": (f"{MIME}Content-Type: multipart/mixed\n\n--x\n\n{TEXT}", "no text in it"),
    "parts.eml": (
        MIME + "Content-Type: multipart/mixed; boundary=b\n\n" + f"--b\n\n{SENTENCE}\n" * 10_000,
        "a message of more than 200 parts",
    ),
    "deep.eml": (MIME + "Content-Type: message/rfc822\n\n" * 500 + TEXT, "a message of more than 200 parts"),
    "yaml.md": ("---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n\n" + TEXT, "YAML aliases"),
    "deep.md": ("---\na: " + "[" * 50_000 + f"\n---\n\n{TEXT}", "nested too deeply"),
    "brackets.md": (f"# A letter\n\n{TEXT}\n" + "[" * 5000, "leaves more than 200 brackets open"),
    "title.md": (
        "---\ntitle: " + "word " * 50_000 + f"\n---\n\n{TEXT}",
        "its title and other fields are longer than 64 KiB",
    ),
    "program.exe": (b"MZ", "not a kind of file that import reads"),
}
# What comes of them is for other tests; here they only must not stop the rest.
TAKEN: dict[str, str | bytes] = {
    "good.txt": LETTER,
    "bomb.xml": f'<?xml version="1.0"?>{BOMB}' + RSS.format("&e11;", item("b", f"&e11; {SENTENCE}")),
    "outside.xml": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS.format("O", item("o", f"&x; {SENTENCE}")),
    "equal.xml": RSS.format("Equal", "".join(item("same", f"{SENTENCE} {n % 3}") for n in range(1000))),
    "lying.html": b'<html><meta charset="utf-8"><body>' + f"<p>{SENTENCE} Le caf\xe9 est ferm\xe9.</p>".encode("cp1252") * 3,
    "utf-16.txt": LETTER.replace("Tuesday", "Monday").encode("utf-16-le"),
    "utf-7.txt": f"Zażółć gęślą jaźń\n\n{TEXT}".encode("utf-7"),
    "zero.txt": f"A z\0ero in the title of a letter\n\n{TEXT}",
    "halves.json": r'{"version": "https://jsonfeed.org/version/1", "title": "\ud800", "items": [{"id": "\ud800", "title": "\udfff",'
    rf'"content_text": "{SENTENCE} \ud83d"}}]}}',
    "halves.html": f"<html><title>Half &#xD800; title</title><body><p>{SENTENCE} &#xDFFF; &#0;</p><p>{SENTENCE} Again.</p>",
    "turned.html": f"<html><title>\u202eevil \u2066title</title><body><p>{SENTENCE}</p><p>{SENTENCE} Again.</p>",
    "turned-\u202egpj.txt": f"A \u202eturned\u2066 title of a letter\n\n{TEXT}",
    "base64.eml": f"{MIME}Content-Transfer-Encoding: base64\n\n!!!!{SENTENCE}====",
    "broken.mbox": f"From x\n{MIME}Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n{SENTENCE}\n\nFrom y\nFrom z\n\n\n",
    "n" * 251 + ".txt": LETTER.replace("Tuesday", "Wednesday"),
    "Case.txt": LETTER.replace("Tuesday", "Thursday"),
    "case.txt": LETTER.replace("Tuesday", "Friday"),
}  # fmt: skip


@pytest.fixture
def hostile(site: Site) -> Iterator[Site]:
    """A site whose inbox holds all of it."""
    inbox = site.root / "content/inbox"
    site.write({f"content/inbox/{name}": data for name, (data, _) in REFUSED.items()})
    site.write({f"content/inbox/{name}": data for name, data in TAKEN.items()})
    with (inbox / "huge.txt").open("wb") as file:
        for _ in range(200):
            file.write(SENTENCE.encode() * (2**20 // len(SENTENCE)))
    site.write(
        {
            "secret.txt": LETTER.replace("Tuesday", "Saturday"),
            "content/inbox/folder.txt/inside.txt": LETTER.replace("Tuesday", "Sunday"),
        }
    )
    (inbox / "link.txt").symlink_to(site.root / "secret.txt")
    (inbox / "nowhere.txt").symlink_to("not-there")
    os.mkfifo(inbox / "pipe.txt")
    site.write({"content/inbox/forbidden.txt": LETTER.replace("Tuesday", "Yesterday")})
    (inbox / "forbidden.txt").chmod(0)
    yield site
    (inbox / "forbidden.txt").chmod(0o600)


FILES = {
    "huge.txt": "larger than 8 MiB",
    "link.txt": "is no plain file of content/",
    "nowhere.txt": "is no plain file of content/",
    "pipe.txt": "is no plain file of content/",
    "forbidden.txt": "Permission denied",
}


@pytest.mark.skipif(sys.platform != "linux", reason="makes files that others do not have")
def test_an_inbox_of_hostile_files(hostile: Site) -> None:
    begun = time.monotonic()
    said = hostile.run("import", without=READS_ALL)
    assert time.monotonic() - begun < SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MEMORY
    assert said.code == 0
    assert "Traceback" not in said.err and "fault of Pressfold" not in said.err
    reasons = {name: reason for name, (_, reason) in REFUSED.items()} | FILES
    for name, reason in reasons.items():
        assert re.search(rf"content/inbox/{re.escape(name)}: not imported: .*{re.escape(reason)}", said.err), name
    named = re.findall(r"^content/inbox/(\S+?): ", said.err, re.MULTILINE)
    came = re.findall(r"^inbox/(\S+?)(?: ->| is) ", said.out, re.MULTILINE)
    assert {name.replace("\u202e", "?") for name in {**REFUSED, **TAKEN, **FILES}} <= {*named, *came}
    assert {"good.txt", "Case.txt", "case.txt", "folder.txt/inside.txt"} <= set(came)
    assert came.count("equal.xml") == 3
    assert not any("root:" in path.read_text("utf-8") for path in hostile.articles())
    built = hostile.build()
    assert built.code == 0, built.err
    again = hostile.build()
    assert (again.code, told(again).count(", 0 written, ")) == (0, 1)


def begin(site: Site, command: Sequence[str]) -> Process:
    """An import in the background that has come to an item which takes it a while."""
    # One element of very many attributes: each is compared with all before it.
    site.write(
        {
            "content/inbox/a.txt": LETTER,
            "content/inbox/slow.eml": f"{MIME}Content-Type: text/html\n\n<p {' '.join(f'a{n}=b' for n in range(500_000))}>",
        }
    )
    process = start(site, *command[1:], command=command[0])
    assert once(process, lambda: len(workers(process)) >= 1 and site.articles(), pause=0.05)
    return process


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("command", [("import",), ("build", "-j1")], ids=["import", "build"])
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_import_that_is_stopped_leaves_no_process_and_nothing_half_written(
    site: Site, sign: signal.Signals, command: Sequence[str]
) -> None:
    process = begin(site, command)
    if sign == signal.SIGINT:
        os.killpg(process.pid, sign)  # as a terminal does
    else:
        os.kill(process.pid, sign)
    said = process.communicate(timeout=20)[1]
    assert process.returncode != 0
    assert left_of(process, 20) == []
    assert "Traceback" not in said
    assert leftovers(site) == []
    (site.root / "content/inbox/slow.eml").unlink()
    ok(site.run("import"))
    assert len(site.articles()) == 1
    assert told(ok(site.run("import"))).startswith("0 imported, 1 known")
