"""What stands in safe HTML: its links and pictures, given other addresses, and its words."""

import html as entities
import re
from collections.abc import Callable

# As nh3 writes a tag: in lower case, every value in double quotes, and in it no quote, `<` or `>` that is not escaped.
_LINK = re.compile(r'<a(?! href="https?://)( [^>]*)>')  # those to the web, by far the most, stay as they are
_LINK_OR_PICTURE = re.compile(r"<(a|/a|img)((?: [^>]*)?)>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


_ALONE = re.compile(r'<p>(<img [^>]*)\btitle="([^"]+)"([^>]*>)</p>')


def relink(safe: str, link: Callable[[str], str | None]) -> str:
    """Give each link and picture of safe HTML the address that `link` answers; None takes it away.

    A link that leads to the web may stay as it is.
    A picture from another host becomes a link: a page asks no third party for anything. One that is a paragraph of its
    own and has a title is a figure, and the title its caption.
    """
    if "<img" not in safe:
        return _LINK.sub(lambda match: f"<a{_with_address(match[1], 'href', link)}>", safe)
    safe = _ALONE.sub(r"<figure>\1\3<figcaption>\2</figcaption></figure>", safe)
    inside = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal inside
        name, attributes = match.groups()
        if name == "img":
            return _picture(attributes, link, bare=inside > 0)
        inside += 1 if name == "a" else -1
        return f"<a{_with_address(attributes, 'href', link)}>" if name == "a" else match[0]

    return _LINK_OR_PICTURE.sub(tag, safe)


def _with_address(attributes: str, key: str, link: Callable[[str], str | None]) -> str:
    out = ""
    for name, value in _ATTRIBUTE.findall(attributes):
        if name == key:
            address = link(entities.unescape(value))
            out += "" if address is None else f' {name}="{entities.escape(address)}"'
        else:
            out += f' {name}="{value}"'
    return out


def _picture(attributes: str, link: Callable[[str], str | None], *, bare: bool) -> str:
    given = dict(_ATTRIBUTE.findall(attributes))
    address = link(entities.unescape(given.get("src", "")))
    words = entities.escape(entities.unescape(given.get("alt") or given.get("title") or ""))
    if address is None:
        return words
    if re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", given.get("src", "").strip(), re.IGNORECASE):
        label = words or entities.escape(address.rpartition("/")[2] or address)
        return label if bare else f'<a href="{entities.escape(address)}">{label}</a>'
    size = "".join(f' {key}="{given[key]}"' for key in ("width", "height") if given.get(key, "").isdecimal())
    return f'<img src="{entities.escape(address)}" alt="{words}"{size} loading="lazy">'


_TAG = re.compile(r'</?[a-z0-9]+(?: [a-z-]+(?:="[^"]*")?)*>')
_BREAK = re.compile(r"</(?:p|h\d|li|blockquote|tr|pre|dt|dd|figcaption|td|th)>|<br>|<hr>")


def text(safe: str) -> str:
    """The words of safe HTML, a line for each block."""
    bare = _TAG.sub("", _BREAK.sub("\n", safe))
    lines = (" ".join(line.split()) for line in entities.unescape(bare).split("\n"))
    return "\n".join(line for line in lines if line)
