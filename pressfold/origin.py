"""The address that an article came from, written in one way: what says nothing of the article is left out of it."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from pressfold.ingest.address import clean, is_home

# A link must keep these, for some site may need them; where two addresses are compared they tell nothing.
_BESIDE = re.compile(r"(?:pk|mtm|hsa)_\w+|ncid|smid|sref|spm|fb_ref|ref|referrer|source|amp", re.IGNORECASE)
_PORTS = re.compile(r":(?:80|443)?$")


def origin(url: str) -> str:
    """The address without scheme, `www.`, tracking parameters, fragment and the last stroke; two that agree are one.

    Empty where the address names a whole site, not an article of it.
    """
    address = clean(url.strip())
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return ""
    told = sorted((name, value) for name, value in query if not _BESIDE.fullmatch(name))
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    host = _PORTS.sub("", parts.netloc.rpartition("@")[2].lower()).removeprefix("www.").rstrip(".")
    return "" if is_home(address) or not (path or told) else host + path + (f"?{urlencode(told)}" if told else "")
