"""Python-Markdown's tree as HTML, written as the library writes it."""

from collections.abc import Callable
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers


class _StrangeError(Exception):
    """A tree with something else than elements in it."""


def to_html_string(root: Element) -> str:
    """The tree as HTML."""
    out: list[str] = []
    try:
        _write(root, out.append)
    except (_StrangeError, RecursionError):
        return serializers.to_html_string(root)
    return "".join(out)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if not isinstance(tag, str):
        raise _StrangeError
    lower = tag.lower()
    write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    if text:
        write(text if lower in ("script", "style") else _escaped(text))
    for child in element:
        _write(child, write)
    if lower not in HTML_EMPTY:
        write(f"</{tag}>")
    if tail:
        write(_escaped(tail))


def _attributes(element: Element) -> str:
    out = ""
    for key, value in sorted(element.items()):
        if type(key) is not str or not isinstance(value, str) or key == value:  # a flag, or a name of some namespace
            raise _StrangeError
        escaped = _escaped(value).replace('"', "&quot;")
        out += f' {key}="{escaped}"'
    return out


def _escaped(text: str) -> str:
    if "&" in text:
        text = serializers.RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
