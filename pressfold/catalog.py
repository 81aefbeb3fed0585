"""The published articles by company, source, language, story and month, newest first: tables that answer a page's questions.

The catalog is what makes a build's cost follow the change, not the archive: no list of all articles is ever held.
Grouping loses nothing and doubles nothing: an article is a member once of each group that it belongs to.
"""

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from pressfold.card import Card
from pressfold.seal import opened, seal

ARCHIVE = "archive"  # the group of all
_JOINED = "create index member_joined on member (grp, joined desc, id);"
SCHEMA = f"""
create table article (
    num integer primary key, path text unique, id text, draft integer, opens integer, held integer, card blob
);
create index article_id on article (id);
create index article_state on article (held, draft, opens);
create table member (
    grp text, day text, moment integer, joined integer, id text, num integer, lang text,
    primary key (grp, day desc, moment desc, joined desc, id, num)
) without rowid;
create table redirect (old text, path text);
create index redirect_path on redirect (path);
create table picture (path text primary key, file text) without rowid;
create table translation (path text primary key, original text, story text, lang text) without rowid;
{_JOINED}
"""
_MEMBERS = "select num from member where grp = ?"
_LIST = "order by day desc, moment desc, joined desc, id, num"
AT_HAND = 6000  # cards that are kept: those of a large month
_AT_ONCE = 500
_decoder, _encoder = msgspec.msgpack.Decoder(Card), msgspec.msgpack.Encoder()


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Which articles are out: drafts and articles of the future (after `now`) only where they are asked for."""

    now: dt.datetime
    drafts: bool = False
    future: bool = False

    def holds(self, card: Card) -> bool:
        """Whether an article is held back."""
        opens = _opens(card)
        return (card.draft and not self.drafts) or (not self.future and opens > self.now.timestamp())


def select(database: sqlite3.Connection, asked: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
    """The rows for any number of values, where `asked` ends in `in ({})`: SQLite takes some hundreds at once."""
    for start in range(0, len(values), _AT_ONCE):
        some = values[start : start + _AT_ONCE]
        yield from database.execute(asked.format(",".join("?" * len(some))), some)


def groups(card: Card) -> list[str]:
    """The groups that an article is a member of."""
    about = [f"company/{slug}" for slug in card.companies]
    named = [f"mention/{slug}" for slug in card.mentions if slug not in card.companies]
    also = [f"{kind}/{name}" for kind, name in (("source", card.source), ("story", card.story)) if name]
    return [ARCHIVE, f"language/{card.lang}", *about, *named, *also]


class Catalog:
    """Questions to the tables, and the few changes that are made to them; whoever opened the database commits."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._known: dict[int, Card] = {}  # some that were asked for, by their number: the lists of a month share them
        self._out: dict[str, Card] = {}  # some that were asked for by their paths, together, before each is asked for

    # What changes it.

    def put(self, cards: Iterable[Card], due: Due, *, fresh: bool = False) -> list[tuple[Card | None, Card | None]]:
        """Enter articles, new or changed; (what was out before, what is out now) of each.

        `fresh`: none of them can be there already.
        """
        out: list[tuple[Card | None, Card | None]] = []
        rows: list[tuple[object, ...]] = []
        members: list[tuple[object, ...]] = []
        translations = []
        pictures: list[tuple[str, str]] = []
        redirects: list[tuple[str, str]] = []
        free = self._next()
        for number, card in enumerate(cards, free):
            held = due.holds(card)
            num, before = (None, None) if fresh else self._take_out(card.path)
            num = num or number
            self._known.pop(num, None)
            rows.append((num, card.path, card.id, card.draft, _opens(card), held, _encode(card)))
            if card.original:
                translations.append((card.path, card.original, card.story, card.lang))
            if card.image:
                pictures.append((card.path, card.image.file))
            redirects += [(old, card.path) for old in card.redirects]
            if not held:
                order = (card.day, card.moment, card.joined, card.id, num, card.lang)
                members += [(group, *order) for group in groups(card)]
            out.append((before, None if held else card))
        self._database.executemany("insert or replace into article values (?, ?, ?, ?, ?, ?, ?)", rows)
        self._database.executemany("insert into member values (?, ?, ?, ?, ?, ?, ?)", members)
        self._database.executemany("insert or replace into translation values (?, ?, ?, ?)", translations)
        self._database.executemany("insert or replace into picture values (?, ?)", pictures)
        self._database.executemany("insert into redirect values (?, ?)", redirects)
        return out

    @contextmanager
    def filling(self) -> Iterator[None]:
        """While an empty catalog is filled: an index costs a fraction when it is made of all at once."""
        if not self.empty:
            yield
            return
        self._database.execute("drop index member_joined")
        yield
        self._database.execute(_JOINED)

    @property
    def empty(self) -> bool:
        """Whether no article was ever entered."""
        return self._next() == 1

    def _next(self) -> int:
        return int(self._database.execute("select ifnull(max(num), 0) + 1 from article").fetchone()[0])

    def drop(self, paths: Iterable[str]) -> list[Card]:
        """Take articles out whose files are gone; those that were published."""
        gone: list[Card] = []
        for path in paths:
            num, before = self._take_out(path)
            self._database.execute("delete from article where num = ?", (num,))
            gone += [before] if before else []
        return gone

    def _take_out(self, path: str) -> tuple[int | None, Card | None]:
        """(its number, its card where it was published) of an article that leaves its groups."""
        self._out.pop(path, None)
        row = self._database.execute("select num, held, card from article where path = ?", (path,)).fetchone()
        if row is None:
            return None, None
        self._database.execute("delete from translation where path = ?", (path,))
        self._database.execute("delete from picture where path = ?", (path,))
        self._database.execute("delete from redirect where path = ?", (path,))
        num, held, data = row
        if held:
            return num, None
        card = _decode(data)
        keys = [(group, card.day, card.moment, card.joined, card.id, num) for group in groups(card)]
        where = "grp = ? and day = ? and moment = ? and joined = ? and id = ? and num = ?"
        self._database.executemany(f"delete from member where {where}", keys)
        return num, card

    def turned(self, due: Due) -> list[Card]:
        """The articles that come out, or are held back, because the clock or what is asked for is another."""
        hold = "((draft = 1 and not :drafts) or (opens > :now and not :future))"
        asked = {"drafts": due.drafts, "now": due.now.timestamp(), "future": due.future}
        # Of what is out, by far the most, the index has these at hand.
        soon = " or ".join(f"(held = 0 and draft = {draft} and opens > :now and not :future)" for draft in (0, 1))
        drafts = "(held = 0 and draft = 1 and not :drafts)"
        where = f"{soon} or {drafts} or (held = 1 and not {hold})"
        return [_decode(data) for (data,) in self._database.execute(f"select card from article where {where}", asked)]

    # What pages ask.

    def held(self) -> list[Card]:
        """What is held back, by path."""
        rows = self._database.execute("select card from article where held = 1 order by path")
        return [_decode(data) for (data,) in rows]

    def texts(self) -> Iterator[str]:
        """The hashes of all articles' texts, as far as they may be published."""
        for (data,) in self._database.execute("select card from article"):
            if text := _decode(data).text:
                yield text

    def redirects(self) -> Iterator[tuple[str, Card]]:
        """(an old address, the article that stood there) of those that are out, by address."""
        asked = "select old, card from redirect join article using (path) where held = 0 order by old, path"
        return ((old, _decode(data)) for old, data in self._database.execute(asked))

    def twins(self) -> list[tuple[str, str]]:
        """(path, the path of an earlier one) of articles that have the same id."""
        shared = "select id from article group by id having count(*) > 1"
        rows = self._database.execute(f"select id, path from article where id in ({shared}) order by path")
        first: dict[str, str] = {}
        return [(path, first[id_]) for id_, path in rows if first.setdefault(id_, path) != path]

    def pictures(self) -> list[tuple[str, str]]:
        """(path, the picture above it, by its address) of the articles that have one."""
        return self._database.execute("select path, file from picture order by path").fetchall()

    def astray(self) -> list[Card]:
        """The translations for which no other telling of their story is the original, in another language."""
        told = "member join article on article.num = member.num and grp = 'story/' || story"
        named = "article.path like '%/' || original || '.md' and member.lang <> translation.lang"
        first = "article.path not in (select path from translation)"
        asked = f"select path from translation where not exists (select 1 from {told} where {named} and {first})"
        return [card for (path,) in self._database.execute(f"{asked} order by path") if (card := self.entered(path))]

    def entered(self, path: str) -> Card | None:
        """An article, out or held back."""
        row = self._database.execute("select card from article where path = ?", (path,)).fetchone()
        return _decode(row[0]) if row else None

    def card(self, path: str) -> Card | None:
        """An article that is out."""
        if path in self._out:
            return self._out[path]
        row = self._database.execute("select num from article where path = ? and +held = 0", (path,)).fetchone()
        return self._cards(row)[0] if row else None

    def cards(self, paths: Collection[str]) -> list[Card]:
        """Those of some articles that are out."""
        asked = "select num from article where path in ({}) and +held = 0"
        found = self._cards([num for (num,) in select(self._database, asked, [*paths])])
        self._out = {card.path: card for card in found}
        return found

    def _cards(self, nums: Sequence[int]) -> list[Card]:
        """Articles by their numbers."""
        missing = [num for num in nums if num not in self._known]
        if len(self._known) + len(missing) > AT_HAND:
            self._known, missing = {}, [*nums]
        rows = select(self._database, "select num, card from article where num in ({})", missing)
        self._known.update((num, _decode(data)) for num, data in rows)
        return [self._known[num] for num in nums]

    def count(self, group: str) -> int:
        """How many members a group has."""
        return int(self._database.execute("select count(*) from member where grp = ?", (group,)).fetchone()[0])

    def newest(self, group: str) -> Iterator[Card]:
        """The members, newest first: by the day it happened, then by when it joined, then by id."""
        rows = self._database.execute(f"{_MEMBERS} {_LIST}", (group,))
        while some := rows.fetchmany(60):
            yield from self._cards([num for (num,) in some])

    def joined(self, group: str, most: int) -> list[Card]:
        """Those that joined last, newest first."""
        rows = self._database.execute(f"{_MEMBERS} order by joined desc, id limit ?", (group, most))
        return self._cards([num for (num,) in rows])

    def later(self, group: str, card: Card, most: int) -> bool:
        """Whether at least so many members of a group joined after an article."""
        asked = "select count(*) from (select 1 from member where grp = ? and joined > ? limit ?)"
        return int(self._database.execute(asked, (group, card.joined, most)).fetchone()[0]) >= most

    def month(self, group: str, month: str) -> list[Card]:
        """The members of one month, newest first."""
        rows = self._database.execute(f"{_MEMBERS} and day >= ? and day < ? {_LIST}", (group, month, f"{month}-~"))
        return self._cards([num for (num,) in rows])

    def months(self, group: str) -> dict[str, int]:
        """How many members there are by month, newest month first."""
        counted = (
            "select substr(day, 1, 7) as month, count(*) from member where grp = ? group by month order by month desc"
        )
        return dict(self._database.execute(counted, (group,)))

    def spread(self, group: str) -> dict[tuple[str, str], int]:
        """How many members there are by month and language."""
        counted = "select substr(day, 1, 7) as month, lang, count(*) from member where grp = ? group by month, lang"
        return {(month, lang): count for month, lang, count in self._database.execute(counted, (group,))}

    def months_of(self, kind: str) -> dict[str, dict[str, int]]:
        """Of each group of a kind: how many members there are by month."""
        asked = f"select grp, substr(day, 1, 7) as month, count(*) from member {_KIND} group by grp, month"
        found: dict[str, dict[str, int]] = {}
        for group, month, count in self._database.execute(asked, _span(kind)):
            found.setdefault(group.partition("/")[2], {})[month] = count
        return found

    def names(self, kind: str) -> list[str]:
        """The groups of a kind (company, source, language, mention, story) that have members, without the kind."""
        rows = self._database.execute(f"select distinct grp from member {_KIND} order by grp", _span(kind))
        return [group.partition("/")[2] for (group,) in rows]

    def outline(self, kind: str) -> dict[str, tuple[int, str, list[str]]]:
        """Of each group of a kind: how many members, the day of the newest, in which languages."""
        asked = f"select grp, count(*), max(day), group_concat(distinct lang) from member {_KIND} group by grp"
        rows = self._database.execute(asked, _span(kind))
        return {group.partition("/")[2]: (count, day, sorted(langs.split(","))) for group, count, day, langs in rows}

    def firsts(self, kind: str) -> Iterator[tuple[Card, int]]:
        """(its newest member, how many members) of each group of a kind."""
        place = "row_number() over (partition by grp order by day desc, moment desc, joined desc, id, num) as place"
        inner = f"select num, {place}, count(*) over (partition by grp) as size from member {_KIND}"
        rows = self._database.execute(f"select num, size from ({inner}) where place = 1", _span(kind))
        while some := rows.fetchmany(60):
            yield from zip(self._cards([num for num, _ in some]), [size for _, size in some], strict=True)

    def tellings(self, story: str) -> list[Card]:
        """The articles of a story, newest first; none where only one tells it."""
        told = list(self.newest(f"story/{story}")) if story else []
        return told if len(told) > 1 else []

    def others(self, card: Card) -> list[Card]:
        """The other tellings of an article's story."""
        return [other for other in self.tellings(card.story) if other.path != card.path]

    def stories(self, most: int) -> list[str]:
        """The stories that at least two articles tell, by their newest telling."""
        place = "row_number() over (partition by grp order by day desc, moment desc, joined desc, id) as place"
        size = "count(*) over (partition by grp) as size"
        inner = f"select grp, day, moment, joined, id, {place}, {size} from member {_KIND}"
        order = "order by day desc, moment desc, joined desc, id limit ?"
        asked = f"select grp from ({inner}) where place = 1 and size > 1 {order}"
        return [group.partition("/")[2] for (group,) in self._database.execute(asked, (*_span("story"), most))]

    def paths(self) -> list[str]:
        """The files of all that is out, newest first."""
        joined = "member join article on article.num = member.num"
        order = "order by member.day desc, member.moment desc, member.joined desc, member.id, member.num"
        rows = self._database.execute(f"select path from {joined} where grp = ? {order}", (ARCHIVE,))
        return [path for (path,) in rows]


def _encode(card: Card) -> bytes:
    return seal(_encoder.encode(card))


def _decode(data: bytes) -> Card:
    return _decoder.decode(opened(data))


_KIND = "where grp >= ? and grp < ?"


def _span(kind: str) -> tuple[str, str]:
    return f"{kind}/", f"{kind}0"  # "0" follows "/"


def _opens(card: Card) -> int:
    """The second from which an article is out; 0 for one without a date."""
    return card.moment if card.date else 0
