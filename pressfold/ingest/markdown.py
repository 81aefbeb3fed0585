"""A Markdown file from elsewhere to a draft: fields that are known are taken over, others are kept under `extra`."""

import re

from pressfold import markup, yamltext
from pressfold.article import KEYS
from pressfold.ingest import foreign
from pressfold.ingest.decode import decode, normalise
from pressfold.ingest.draft import Draft, Raw, Unreadable
from pressfold.language import parse_tag
from pressfold.moment import parse_day
from pressfold.problem import Problems
from pressfold.schema import Fields, plain
from pressfold.slug import check_slug
from pressfold.yamltext import Plain

_HEADING = re.compile(r"# +(\S.*)")


def extract(raw: Raw) -> Draft:
    """A draft of a Markdown file, its body as it stands. Raises Unreadable naming the line that is wrong."""
    text = re.sub("\r\n?", "\n", decode(raw.data)).lstrip("\ufeff")
    path = "content/" + raw.file
    try:
        value, body = foreign.split(text, path)
        value = foreign.ours(value, path)
    except Problems as wrong:
        raise Unreadable("; ".join(problem.message for problem in wrong.problems)) from None
    body, others = foreign.without_tags(body)
    title, title_from, body = _title(body)
    try:
        words = " ".join(markup.text(markup.html(body)).split())
    except markup.TooTangledError as reason:
        raise Unreadable(str(reason)) from None
    if len(words) < 20:
        raise Unreadable("no text in it")
    try:
        names = tuple(value.data) if isinstance(value.data, dict) else ()
        fields = Fields(value, path, names)
        source = fields.mapping("source", ("name", "url")) if not isinstance(_plain(value, "source"), str) else None
        draft = Draft(
            markdown=body.strip("\n"),
            title=fields.text("title") or title,
            title_from="metadata" if fields.has("title") else title_from,
            author=fields.text("author"),
            date=fields.parsed("date", parse_day, None, "write it as 2026-02-11"),
            date_from="metadata" if fields.has("date") else "",
            lang=fields.parsed("lang", parse_tag, None) or "",
            source_name=source.text("name")
            if source
            else ""
            if source is None and not fields.has("source")
            else str(_plain(value, "source")),
            source_url=source.web_address("url") if source else "",
            standfirst=fields.text("summary"),
            partial=others,
            given=_given(value),
        )
        for slugs in ("companies", "mentions"):
            for name in fields.texts(slugs):
                check_slug(name, path, fields.line(slugs), "name of a company")
        if source:
            fields.take(source)
        fields.finish()
    except Problems as wrong:
        raise Unreadable("; ".join(f"line {problem.line}: {problem.message}" for problem in wrong.problems)) from None
    return draft


def _title(body: str) -> tuple[str, str, str]:
    """A leading `# Title` is the title, and leaves the body."""
    first, _, rest = body.lstrip("\n").partition("\n")
    match = _HEADING.match(first)
    if not match:
        return "", "", body
    words = match[1].rstrip().rstrip("#").replace("\\", "")
    return normalise(words), "heading", rest


def _plain(value: yamltext.Value, key: str) -> Plain | None:
    entry = value.data.get(key) if isinstance(value.data, dict) else None
    return plain(entry) if entry else None


def _given(value: yamltext.Value) -> dict[str, Plain]:
    """What a person wrote besides: our own fields by their names, and all others under `extra`."""
    entries = {key: plain(entry) for key, entry in value.data.items()} if isinstance(value.data, dict) else {}
    ours = {
        key: item
        for key, item in entries.items()
        if item
        and key
        in (
            "lang",
            "companies",
            "mentions",
            "tags",
            "story",
            "note",
            "translated",
            "translation_of",
            "body",
            "draft",
            "redirects",
        )
    }
    others = {key: item for key, item in entries.items() if key not in KEYS or key == "image"}
    return {**ours, **({"extra": others} if others else {})}
