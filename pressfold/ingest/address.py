"""The address of an article on the web: whole, its own, and without what only tells who followed it from where."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit, urlunsplit

from pressfold.schema import is_web_address

_TRACKING = re.compile(
    r"(?:utm_\w*|mc_[ce]id|_hs\w*|at_(?:medium|campaign|custom\d|link_\w+|ptr_name|bbc_team|format)|(?:fb|g|dc|y|ms|tw|tt)cl(?:id|src)|"
    r"gclsrc|gbraid|wbraid|igshid?|ref_src|ref_url|cmpid|ocid|ns_\w+|wt_?[mz]c\w*|xtor|mkt_tok|vero_id|__twitter_impression|s_cid|"
    r"oly_(?:anon|enc)_id|guccounter|guce_referrer\w*|feature|_ga|_gl|share_?id|srsltid)(?:=.*)?",
    re.IGNORECASE,
)


def join(base: str, target: str) -> str:
    """An address seen from another; empty where it is none."""
    try:
        return urljoin(base, target.strip())
    except ValueError:  # http://[
        return ""


def clean(address: str) -> str:
    """The address without tracking parameters and place in the page; empty where it is no web address."""
    if not is_web_address(address):
        return ""
    parts = urlsplit(address)
    kept = "&".join(part for part in parts.query.split("&") if not _TRACKING.fullmatch(part))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, ""))


def is_home(address: str) -> bool:
    """Whether an address is a site's first page, which is no article's."""
    parts = urlsplit(address)
    return parts.path.rstrip("/").lower() in ("", "/index.html", "/index.php") and not parts.query


def _host(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower()
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", host)


def choose(stated: Iterable[str], saved_from: str) -> str:
    """The first of the stated addresses that can be the article's; else the one that the browser saved it from.

    Stated ones are seen from where the page was saved. One on another site counts only where nothing is known of the
    page's own: of a reprint it names the first print, whose words these need not be.
    """
    own = clean(saved_from)
    found = [clean(join(own, address)) for address in stated if address.strip()]
    found = [address for address in found if address and not is_home(address)]
    same = [address for address in found if not own or _kin(_host(address), _host(own))]
    return next(iter(same), "") or (own if own and not is_home(own) else "") or next(iter(found), "")


def _kin(one: str, other: str) -> bool:
    """Whether two hosts are of one site, as far as their names show."""
    return _registered(one) == _registered(other)


def _registered(host: str) -> str:
    """The part of a host that somebody owns: two names, or three where the last but one is short (bbc.co.uk)."""
    parts = host.split(".")
    return ".".join(parts[-3 if len(parts) > 2 and len(parts[-2]) <= 3 else -2 :])
