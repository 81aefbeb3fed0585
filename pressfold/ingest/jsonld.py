"""The JSON-LD of a page: its nodes laid flat, references followed, and the node of the article among them."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from pressfold.ingest.decode import normalise

Node = Mapping[str, Any]
_MOST = 2000  # nodes that are looked at
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "isPartOf", "publisher", "author")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|;)\s*$"
)
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


def nodes(page: Any) -> tuple[Node, ...]:
    """All nodes of a page in the order in which they stand; what is no JSON is passed over."""
    found: list[Node] = []
    for script in page.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                found += _walk(json.loads(_WRAPPING.sub("", script.text or ""), strict=False))
            except (ValueError, RecursionError):
                continue
    return tuple(found[:_MOST])


def _walk(value: Any) -> Iterator[Node]:
    waiting = [value]
    for _ in range(_MOST):
        if not waiting:
            return
        entry = waiting.pop()
        if isinstance(entry, list):
            waiting += reversed(entry[:_MOST])
        elif isinstance(entry, dict):
            yield entry
            waiting += [entry[key] for key in reversed(_INSIDE) if isinstance(entry.get(key), (dict, list))]


def kinds(node: Node) -> tuple[str, ...]:
    """The types of a node, without the address of their vocabulary."""
    stated = node.get("@type")
    return tuple(str(kind).rpartition("/")[2] for kind in (stated if isinstance(stated, list) else [stated]))


def is_article(node: Node) -> bool:
    """Whether a node is an article: NewsArticle, BlogPosting, Report and their kin."""
    return any(kind.endswith(("Article", "Posting")) or kind == "Report" for kind in kinds(node))


def resolve(value: Any, among: tuple[Node, ...]) -> Any:
    """The node that a reference `{"@id": …}` points at; anything else as it is."""
    if isinstance(value, dict) and set(value) <= {"@id", "@type", "url"} and "@id" in value:
        return next((node for node in among if node.get("@id") == value["@id"] and len(node) > len(value)), value)
    return value


def said(value: Any) -> str:
    """A text as plain words: entities, which some systems write twice, and tags undone; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join(normalise(_TAG.sub("", unescape(unescape(value[:5000])))).split())


def names(value: Any, among: tuple[Node, ...]) -> list[str]:
    """The names of people or organisations: texts, objects, references, or a list of them."""
    found = []
    for one in value[:50] if isinstance(value, list) else [value]:
        person = resolve(one, among)
        if isinstance(person, dict):
            both = f"{said(person.get('givenName'))} {said(person.get('familyName'))}".strip()
            found += (
                names(person["name"], ())
                if isinstance(person.get("name"), list)
                else [said(person.get("name")) or both]
            )
        else:
            found.append(said(person))
    return [name for name in found if name]
