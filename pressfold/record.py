"""What the search index is told of an article, as a page for Pagefind: folded words, and beside them what a result shows.

Pagefind would index every word of its metadata. What is only shown stands in an anchor, which it keeps as it is.
"""

import html
import re

import msgspec

from pressfold.folding import fold
from pressfold.pages.view.machines import RecordView

_SPECIAL = re.compile(r"[\s<>&']")  # what Pagefind takes out of an anchor, or HTML would read


def record_page(record: RecordView, text: str) -> str:
    """The page of a record; `text` are the words of its article."""
    shown, day = record.shown, record.shown.day.iso
    filters = [("company", slug) for slug in record.companies] + [("language", shown.lang), ("year", day[:4])]
    words = [fold(shown.title), " ".join(fold(name) for name in record.names), fold(record.standfirst), fold(text)]
    if not any(words):
        words[0] = fold(shown.address)  # Pagefind leaves out a page without a word
    parts = [
        "<!doctype html><html><head><meta charset='utf-8'></head>",
        f"<body data-pagefind-body data-pagefind-sort='day:{day}'><i id='{_shown(record)}'></i>",
        *(f"<i data-pagefind-filter='{name}:{html.escape(value)}'></i>" for name, value in filters),
        f"<h1>{words[0]}</h1><p data-pagefind-weight='2'>{words[1]}</p><p>{words[2]}</p><p>{words[3]}</p></body></html>\n",
    ]
    return "".join(parts)


def _shown(record: RecordView) -> str:
    """What a result shows, as JSON that needs no escape in an attribute."""
    item = record.shown
    said = {
        "address": item.address,
        "title": item.title,
        "lang": item.lang,
        "dir": item.dir,
        "summary": item.summary,
        "day": item.day.iso,
        "when": record.when,
        "language": item.language,
        "companies": [(link.text, link.address) for link in item.companies],
        "source": item.source,
        "unconfirmed": item.unconfirmed,
    }
    written = msgspec.json.encode({name: value for name, value in said.items() if value}).decode("utf-8", "replace")
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
