"""Front matter as other builders have it (Hugo, Jekyll, Pelican), told in our own words."""

import json
import re
import tomllib
from pathlib import PurePosixPath

from pressfold import yamltext
from pressfold.article import KEYS
from pressfold.problem import refuse
from pressfold.schema import front_matter
from pressfold.yamltext import Value

# What others call our fields; what stands first wins where a file has several.
_NAMES = {
    "title": ("title",),
    "date": ("date", "publishdate", "published_at", "published_date", "pubdate"),
    "lang": ("lang", "language", "locale"),
    "author": ("author", "authors", "byline"),
    "summary": ("summary", "description", "excerpt", "subtitle", "standfirst"),
    "tags": ("tags", "keywords", "categories", "category", "tag"),
    "redirects": ("redirects", "aliases", "redirect_from"),
}
_SOURCE = (
    "canonical_url",
    "canonicalurl",
    "original_url",
    "source_url",
    "external_url",
    "externalurl",
    "link",
    "canonical",
)
_OURS = frozenset(KEYS) - {"image"}  # whose file does not come with the text
# What says how another builder draws a page: nothing of it is an article's.
_BUILDING = frozenset(
    "layout type slug url permalink weight menu markup outputs cascade template save_as build sitemap modified lastmod "
    "last_modified_at expirydate published status draft comments toc showtoc disqus_identifier guid id".split()
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$")
_REDIRECT = re.compile(r"[a-z0-9][a-z0-9._/-]*", re.IGNORECASE)
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)[-_]")
_PELICAN = re.compile(r"([A-Za-z][\w-]{1,30}):[ \t]+(\S.*)")
_TAGS = re.compile(r"\{\{[<%].{0,400}?[>%]\}\}|\{%.{0,400}?%\}|^<!--\s*more\s*-->$", re.MULTILINE | re.DOTALL)


def split(text: str, path: str) -> tuple[Value, str]:
    """(the fields as they stand, the body). Raises Problems where the front matter cannot be read."""
    if text.startswith("---"):
        head, body, _ = front_matter(text, path)
        return yamltext.load(head, path, 2), body
    if text.startswith("+++"):
        return _toml(text, path)
    if re.match(r"\{\s*[\"}]", text):
        return _json(text, path)
    return _pelican(text)


def ours(fields: Value, path: str) -> Value:
    """The fields by our names; a file that is one of ours already is left as it is."""
    given = fields.data if isinstance(fields.data, dict) else {}
    theirs = {key.casefold().replace("-", "_"): value for key, value in given.items()}
    if "added" in theirs or "companies" in theirs:
        return fields
    known = {name: theirs[key] for name, keys in _NAMES.items() for key in reversed(keys) if _says(theirs.get(key))}
    found = {**{key: value for key, value in given.items() if key in _OURS - _BUILDING}, **known}
    if "date" not in found and (dated := _DATED.match(PurePosixPath(path).name)):
        found["date"] = Value(dated[1], 1)
    for name, change in (
        ("date", _date),
        ("lang", _tag),
        ("author", _joined),
        ("summary", _joined),
        ("tags", _list),
        ("redirects", _addresses),
    ):
        if name in found:
            found[name] = change(found[name])
    if address := next((theirs[key] for key in _SOURCE if _says(theirs.get(key))), None):
        found.setdefault("source", Value({"url": address}, address.line))
    if _is_draft(theirs):
        found["draft"] = Value("true", 1)
    used = {key for keys in (*_NAMES.values(), _SOURCE) for key in keys} | _BUILDING | _OURS
    rest = {key: value for key, value in given.items() if key.casefold().replace("-", "_") not in used}
    return Value({**found, **rest}, fields.line)


def without_tags(body: str) -> tuple[str, bool]:
    """(the body without what only its builder understands, whether there was any): shortcodes and Liquid's tags."""
    cleaned = _TAGS.sub("", body)
    return cleaned, re.sub(r"<!--\s*more\s*-->", "", body) != re.sub(r"<!--\s*more\s*-->", "", cleaned)


def _says(value: Value | None) -> bool:
    return value is not None and bool(value.data)


def _text(value: Value) -> str:
    return value.data.strip() if isinstance(value.data, str) else ""


def _date(value: Value) -> Value:
    """A date as we write it; a time without an offset counts as its day."""
    match = _MOMENT.match(_text(value))
    if not match:
        return value
    day, minute, second, zone = match.groups()
    if not minute or not zone:
        return Value(day, value.line)
    offset = "Z" if zone in ("Z", "UTC") else f"{zone[:3]}:{zone[-2:]}"
    return Value(f"{day}T{minute}:{second or '00'}{offset}", value.line)


def _tag(value: Value) -> Value:
    return Value(_text(value).split(".")[0].replace("_", "-"), value.line)


def _joined(value: Value) -> Value:
    """A list of names, or of mappings with a name, as one text."""
    parts = value.data if isinstance(value.data, list) else [value]
    names = [
        _text(part.data["name"]) if isinstance(part.data, dict) and "name" in part.data else _text(part)
        for part in parts
    ]
    return Value(" ".join(", ".join(name for name in names if name).split()), value.line)


def _list(value: Value) -> Value:
    if isinstance(value.data, str):
        return Value([Value(part.strip(), value.line) for part in value.data.split(",") if part.strip()], value.line)
    return value


def _addresses(value: Value) -> Value:
    """Old addresses that can be redirected from here."""
    listed = _list(value).data
    parts = [_text(part).removesuffix("index.html").strip("/") for part in listed] if isinstance(listed, list) else []
    return Value([Value(part, value.line) for part in parts if _REDIRECT.fullmatch(part)], value.line)


def _is_draft(theirs: dict[str, Value]) -> bool:
    said = {key: _text(value).casefold() for key, value in theirs.items() if key in ("draft", "published", "status")}
    return said.get("draft") == "true" or said.get("published") == "false" or said.get("status") in ("draft", "hidden")


def _toml(text: str, path: str) -> tuple[Value, str]:
    match = re.match(r"\+\+\+[^\S\n]*\n(.*?\n)?\+\+\+[^\S\n]*(?:\n|\Z)", text, re.DOTALL)
    if not match:
        raise refuse(path, 1, "the front matter has no end", "close it with a line '+++'")
    try:
        return _value(tomllib.loads(match[1] or "")), text[match.end() :]
    except ValueError as error:
        raise refuse(path, 1, f"not TOML: {error}") from None
    except RecursionError:
        raise refuse(path, 1, "not TOML: nested too deeply") from None


def _json(text: str, path: str) -> tuple[Value, str]:
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except ValueError as error:
        raise refuse(path, 1, f"not JSON: {error}") from None
    except RecursionError:
        raise refuse(path, 1, "not JSON: nested too deeply") from None
    return _value(found), text[end:].lstrip("\n")


def _pelican(text: str) -> tuple[Value, str]:
    """Lines `Key: value` from the first on, up to a blank one; a file that does not begin with a title has none."""
    found: dict[str, Value] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _PELICAN.match(line)
        if not match:
            return (
                (Value(found, 1), "\n".join(lines[number:]))
                if "title" in found and not line.strip()
                else (Value({}, 1), text)
            )
        found[match[1].casefold()] = Value(match[2].strip(), number + 1)
    return Value({}, 1), text


def _value(data: object, depth: int = 0) -> Value:
    """A TOML or JSON value as YAML's are: text, lists and mappings."""
    if depth > 20:
        return Value("", 1)
    if isinstance(data, dict):
        return Value({str(key): _value(item, depth + 1) for key, item in data.items()}, 1)
    if isinstance(data, list):
        return Value([_value(item, depth + 1) for item in data], 1)
    if isinstance(data, bool):
        return Value(str(data).lower(), 1)
    return Value("" if data is None else str(data), 1)
