"""`config.yaml` as a frozen value. An unknown key is a problem with a suggestion; defaults stand here and nowhere else."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from pressfold import yamltext
from pressfold.destination import Destination, Unreadable, parse
from pressfold.host import HOSTS, HostName
from pressfold.language import USUAL, Tag, parse_tag
from pressfold.problem import Problem, Problems, suggest
from pressfold.schema import Fields
from pressfold.site import CONFIG, FETCHED
from pressfold.slug import name_slug
from pressfold.source import BODIES, Body, Source, read_sources
from pressfold.yamltext import Plain, Value

PREFIX = "PRESSFOLD_"
Engine = Literal["markdown", "commonmark"]
Search = Literal["none", "pagefind"]
Pictures = Literal["keep", "leave"]
ENGLISH = Tag("en")
ENGINES: tuple[Engine, ...] = get_args(Engine)
SEARCHES: tuple[Search, ...] = get_args(Search)
PICTURES: tuple[Pictures, ...] = get_args(Pictures)

LANGUAGES = tuple(Tag(tag) for tag in USUAL)  # in which articles are recognised when the editor names none


class Markup(msgspec.Struct, frozen=True):
    """The parser of articles' Markdown; `markdown` alone has extensions."""

    engine: Engine = "markdown"
    extensions: tuple[str, ...] = ()


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The site's settings; see docs/config.md for each."""

    title: str
    base_url: str
    id: str = ""
    description: str = ""
    language: Tag = ENGLISH
    timezone: str = "UTC"
    author: str = ""
    copyright: str = ""
    contact: str = ""
    languages: tuple[Tag, ...] = LANGUAGES
    body: Body = "full"
    sources: Mapping[str, Source] = msgspec.field(default_factory=dict)
    feed_limit: int = 50
    markup: Markup = Markup()
    pictures: Pictures = "keep"  # those of saved pages
    cards: bool = False
    search: Search = "none"
    host: HostName = "any"
    publish: Mapping[str, Destination] = msgspec.field(default_factory=dict)
    extra: Mapping[str, Plain] = msgspec.field(default_factory=dict)

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone by which days and months are told."""
        return ZoneInfo(self.timezone)

    @property
    def feed_id(self) -> str:
        """The site's own id in its feeds: minted by init, else its address."""
        return self.id or self.base_url

    def source_of(self, file: str) -> str:
        """The name of the source whose feed a file below content/ is; empty for one that is no fetched feed."""
        folder, _, name = f"content/{file}".rpartition("/")
        slug = name.partition(".")[0]
        return next((one for one in self.sources if folder == FETCHED and name_slug(one, "source") == slug), "")


KEYS = (
    "id title description base_url language timezone author copyright contact languages body sources feeds markup pictures cards "
    "search host publish extra"
).split()
_SCALARS = frozenset(KEYS) - {"languages", "sources", "feeds", "markup", "publish", "extra"}


def load(text: str, path: str = CONFIG, environment: Mapping[str, str] | None = None, base_url: str = "") -> Config:
    """Read the settings; `PRESSFOLD_<KEY>` of the environment overrides a text, and the argument `base_url` both.

    Raises Problems with all that is wrong.
    """
    value = yamltext.load(text, path)
    problems: list[Problem] = []
    entries = dict(value.data) if isinstance(value.data, dict) else {}
    for name, given in sorted((environment or {}).items()):
        key = name.removeprefix(PREFIX).lower()
        if not name.startswith(PREFIX):
            continue
        if key in _SCALARS:
            entries[key] = Value(given, 0)
        else:
            problems.append(Problem(name, 0, "sets nothing", suggest(key, _SCALARS) or "see docs/config.md"))
    if base_url:
        entries["base_url"] = Value(base_url, 0)
    fields = Fields(Value(entries, value.line) if isinstance(value.data, dict) else value, path, KEYS)
    config = Config(
        id=fields.parsed("id", _site_id, "", "an address, or urn:uuid: and a UUID; pressfold init mints one"),
        title=fields.text("title", required=True),
        description=fields.text("description"),
        base_url=_base_url(fields),
        language=fields.parsed("language", parse_tag, ENGLISH, "a tag such as en, ar or pt-BR"),
        timezone=fields.parsed("timezone", _timezone, "UTC", "a name such as Europe/Warsaw or UTC"),
        author=fields.text("author"),
        copyright=fields.text("copyright"),
        contact=fields.text("contact"),
        languages=_languages(fields),
        body=fields.choice("body", BODIES, "full"),
        sources=read_sources(fields.mapping("sources"), fields),
        feed_limit=_feed_limit(fields),
        markup=_markup(fields),
        pictures=fields.choice("pictures", PICTURES, "keep"),
        cards=fields.flag("cards"),
        search=fields.choice("search", SEARCHES, "none"),
        host=fields.choice("host", HOSTS, "any"),
        publish=_publish(fields),
        extra=fields.free("extra"),
    )
    if problems or fields.problems:
        raise Problems([*fields.problems, *problems])
    return config


def _base_url(fields: Fields) -> str:
    address = fields.web_address("base_url")
    if not fields.text("base_url"):
        fields.problem(
            fields.line("base_url") if fields.has("base_url") else 0,
            "'base_url' is missing",
            "feeds need the site's address: base_url: https://example.org/",
        )
    if "?" in address or "#" in address:
        fields.problem(fields.line("base_url"), "'base_url' has a query or a fragment", "give the address of a folder")
    return address.rstrip("/") + "/"


def _site_id(text: str) -> str:
    if text.startswith("urn:uuid:"):
        return uuid.UUID(text.removeprefix("urn:uuid:")).urn
    if not re.match(r"[a-z][a-z0-9+.-]*:\S+$", text):
        raise ValueError(f"{text!r} is no id")
    return text


def _timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone") from None
    return text


def _languages(fields: Fields) -> tuple[Tag, ...]:
    found: list[Tag] = []
    for text in fields.texts("languages"):
        try:
            found.append(parse_tag(text))
        except ValueError as error:
            fields.problem(fields.line("languages"), f"'languages': {error}")
    return tuple(found) or LANGUAGES


def _publish(fields: Fields) -> dict[str, Destination]:
    """Where the site is published, by name."""
    found: dict[str, Destination] = {}
    names = fields.mapping("publish")
    for name in names.keys() if names else ():
        try:
            found[name] = parse(names.text(name) if names else "")
        except Unreadable as error:
            fields.problem(names.line(name) if names else 0, f"'publish.{name}' {error}", error.hint)
    if names:
        fields.take(names)
    return found


def _feed_limit(fields: Fields) -> int:
    inner = fields.mapping("feeds", ("limit",))
    if not inner:
        return 50
    limit = inner.number("limit", 50, 1, 1000)
    fields.take(inner)
    return limit


def _markup(fields: Fields) -> Markup:
    inner = fields.mapping("markup", ("engine", "extensions"))
    if not inner:
        return Markup()
    engine = inner.choice("engine", ENGINES, "markdown")
    extensions = inner.texts("extensions")
    if extensions and engine != "markdown":
        inner.problem(
            inner.line("extensions"), f"{engine!r} has no extensions", "leave them out, or set engine: markdown"
        )
    elif extensions:
        _check_extensions(inner, extensions)
    fields.take(inner)
    return Markup(engine, extensions)


def _check_extensions(fields: Fields, names: tuple[str, ...]) -> None:
    """Note each that Python-Markdown does not know, or that cannot be loaded."""
    from markdown import Markdown
    from markdown.util import get_installed_extensions

    known = [entry.name for entry in get_installed_extensions()]
    for name in names:
        try:
            Markdown(extensions=[name])
        except Exception as error:  # noqa: BLE001 - it runs code of the site's choice
            hint = suggest(name, known) or "the name of an installed extension of Python-Markdown, such as def_list"
            absent = isinstance(error, ModuleNotFoundError) and name.startswith(error.name or name)
            reason = "is not there" if absent else f"cannot be loaded: {error}"
            fields.problem(fields.line("extensions"), f"'markup.extensions': {name!r} {reason}", hint)
