"""Names counted over all articles that no list knows: a queue of companies that the digest may lack, most articles first.

What is counted lies in tables of a temporary file, so that memory stays bounded however many articles there are.
"""

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Sequence

import msgspec

from pressfold import markup
from pressfold.article import Article
from pressfold.dismissed import known_by
from pressfold.ingest.naming import Namer
from pressfold.ingest.unknown import Name, Unknown, first_names, small_words
from pressfold.language import base
from pressfold.registry import Registry

_SCHEMA = """
create table name (key text, article integer, lang text, words text, marked integer, sure integer);
create table example (key text primary key, path text, words text) without rowid;
"""
_AROUND = 60  # characters on each side of a name, as its example
_BITS = 1 << 25
_MOST = 0.8  # of the articles of a part, in which the whole name stands: then the part is no name of its own


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A name that may be a company's: in how many articles it stands, and in how many of them marked as one."""

    name: str
    forms: tuple[str, ...]
    articles: int
    marked: int
    languages: tuple[str, ...]
    path: str
    words: str


class _Small:
    """The words that stand anywhere without a capital, in each language: a few may seem to that do not."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def add(self, language: str, words: set[str]) -> None:
        for word in words:
            place = self._place(language, word)
            self._bits[place >> 3] |= 1 << (place & 7)

    def has(self, language: str, word: str) -> bool:
        place = self._place(language, word)
        return bool(self._bits[place >> 3] & 1 << (place & 7))

    @staticmethod
    def _place(language: str, word: str) -> int:
        return zlib.crc32(f"{language} {word}".encode("utf-8", "replace")) & (_BITS - 1)


class Census:
    """Counts the names of articles, one article after the other."""

    def __init__(self, registry: Registry) -> None:
        self._unknown = Unknown(Namer(registry), first_names(registry))
        self._tables = sqlite3.connect("", isolation_level=None)  # a file of its own, gone with the connection
        self._tables.executescript(_SCHEMA)
        self._tables.execute("begin")
        self._small, self._count = _Small(), 0

    def add(self, article: Article) -> None:
        """Count the names of an article."""
        text = markup.text(markup.html(article.body))
        lang, self._count = base(article.lang), self._count + 1
        self._small.add(lang, small_words(text))
        names = list(self._unknown.find(text, article.lang))
        rows = [(n.key, self._count, lang, n.words, n.marked, n.sure) for n in names]
        self._tables.executemany("insert into name values (?, ?, ?, ?, ?, ?)", rows)
        shown = [(n.key, article.path, _example(text, n)) for n in names if n.sure]
        self._tables.executemany("insert or ignore into example values (?, ?, ?)", shown)

    def candidates(self, least: int) -> list[Candidate]:
        """The names in at least so many articles, most first; one that is marked as a company's counts twice."""
        self._tables.execute("create index name_key on name (key)")
        asked = (
            "select key, count(*), sum(marked), path, example.words from name join example using (key) "
            "group by key having count(*) >= ? order by count(*) + sum(marked) desc, count(*) desc, key"
        )
        rows = self._tables.execute(asked, (least,)).fetchall()
        found = [(key, self._candidate(*row)) for key, *row in ((r[0], *r) for r in rows)]
        return _whole([(key, one) for key, one in found if one.marked or not self._ordinary(one)])

    def _candidate(self, key: str, articles: int, marked: int, path: str, words: str) -> Candidate:
        forms = "select words from name where key = ? group by words order by count(*) desc, length(words), words"
        langs = "select lang from name where key = ? group by lang order by count(*) desc, lang"
        shown = [form for (form,) in self._tables.execute(forms, (key,))]
        return Candidate(
            name=shown[0],
            forms=tuple(shown[:5]),
            articles=articles,
            marked=marked,
            languages=tuple(lang for (lang,) in self._tables.execute(langs, (key,))),
            path=path,
            words=words,
        )

    def _ordinary(self, one: Candidate) -> bool:
        """Whether all its words stand without a capital too, in the language that has it most."""
        return all(self._small.has(one.languages[0], word) for word in one.name.lower().split())


def _whole(found: Sequence[tuple[str, Candidate]]) -> list[Candidate]:
    """The names without those that are only a part of a longer one, or one and a word beside it."""
    counts = {key: one.articles for key, one in found}
    gone: set[str] = set()
    for key, count in counts.items():
        parts = key.split()
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                part = " ".join(parts[start:end])
                if part != key and part in counts:
                    gone.add(part if count >= _MOST * counts[part] else key)
    return [one for key, one in found if key not in gone]


def _example(text: str, name: Name) -> str:
    """The words round a name, of its own line, cut between words."""
    before, behind = text[max(0, name.start - _AROUND) : name.start], text[name.end : name.end + _AROUND]
    before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    if name.start > _AROUND and " " in before:
        before = "… " + before.partition(" ")[2]
    if len(behind) == _AROUND and " " in behind:
        behind = behind.rpartition(" ")[0] + " …"
    return f"{before}{name.words}{behind}".strip()


def census(articles: Iterable[Article], registry: Registry, least: int, dismissed: Collection[str]) -> list[Candidate]:
    """The queue of a site, its articles read one by one; without the names that an editor dismissed."""
    counted = Census(registry)
    for article in articles:
        counted.add(article)
    return [one for one in counted.candidates(least) if not any(known_by(form) in dismissed for form in one.forms)]
