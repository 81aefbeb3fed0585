"""Feeds of an OPML file, as feed readers export them: every outline with an address, at any depth."""

from typing import NamedTuple
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from pressfold.problem import Problem, Problems, refuse
from pressfold.schema import is_web_address, one_line

LARGEST = 8 * 2**20  # bytes; a thousand feeds are a quarter of one


class Outline(NamedTuple):
    """A feed as an outline names it."""

    name: str
    url: str
    line: int


def outlines(data: bytes, path: str) -> list[Outline]:
    """The feeds of a file, in its order. Raises Problems: one for what is no OPML, else one for each wrong outline."""
    if len(data) > LARGEST:
        raise refuse(path, 0, f"larger than {LARGEST // 2**20} MiB")
    found: list[Outline] = []
    problems: list[Problem] = []
    parser = ParserCreate()
    elements: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if not elements and name.lower() != "opml":
            raise refuse(path, parser.CurrentLineNumber, f"no OPML, but <{name[:40]}>")
        elements.append(name)
        given = {key.lower(): text for key, text in attributes.items()}
        url = given.get("xmlurl", "").strip()
        if name.lower() == "outline" and url:
            said = one_line(given.get("title") or given.get("text") or "") or url
            found.append(Outline(said, url, parser.CurrentLineNumber))
            if not is_web_address(url):
                problems.append(
                    Problem(path, parser.CurrentLineNumber, f"{said[:80]!r} has no http(s) address: {url[:80]!r}")
                )

    def entity(*_: object) -> None:  # a few of them can unfold to gigabytes, and no OPML needs one
        raise refuse(path, parser.CurrentLineNumber, "declares entities", "export it anew from a feed reader")

    parser.StartElementHandler = element
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        raise refuse(path, error.lineno, f"no XML: {ErrorString(error.code)}", "export it anew") from None
    except (ValueError, LookupError) as error:  # an encoding that is none
        raise refuse(path, parser.CurrentLineNumber, f"no XML: {error}", "export it anew") from None
    if problems:
        raise Problems(problems)
    return found
