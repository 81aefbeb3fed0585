"""A page with the script that keeps it up to date, which the page's own policy is made to allow."""

import re
from html import escape, unescape
from pathlib import Path

ADDRESS = "/.pressfold/"  # below it lies what serve adds to the site
CODE = Path(__file__).with_name("live.js")

_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_POLICY = re.compile(r"""http-equiv\s*=\s*["']?content-security-policy\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


def scripted(html: str, mark: str) -> str:
    """A page with the script, at the end of its head or, where no head ends, of the page."""
    tag = f'<script src="{ADDRESS}live.js" data-mark="{escape(mark)}" async></script>'
    html = _META.sub(lambda meta: _loosened(meta[0]), html)
    head, end, rest = html.partition("</head>")
    return head + tag + end + rest


def _loosened(meta: str) -> str:
    """A meta element, which allows the script if it holds a policy."""
    if not _POLICY.search(meta):
        return meta
    return _CONTENT.sub(lambda found: f'{found[1]}"{escape(loosened(unescape(found[2][1:-1])), quote=True)}"', meta)


def loosened(policy: str) -> str:
    """A content security policy that also allows scripts of the server and asking the server, and nothing else anew."""
    given: dict[str, list[str]] = {}
    for name, *sources in map(str.split, filter(str.strip, policy.split(";"))):
        given.setdefault(name.lower(), sources)  # of two directives of a name browsers heed the first
    for name in ("script-src", "connect-src", *({"script-src-elem"} & given.keys())):
        sources = given.get(name, given.get("default-src", ["*"]))
        given[name] = [source for source in sources if source.lower() != "'none'"] + ["'self'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in given.items())
