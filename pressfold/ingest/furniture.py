"""Lines that are the website's, not the article's, wherever they stand.

Every rule looks at a whole line; none takes a phrase out of a sentence.
"""

from pressfold.ingest.buttons import is_button
from pressfold.ingest.captions import is_credit, is_signed
from pressfold.ingest.lines import Line
from pressfold.ingest.notices import is_status
from pressfold.ingest.promotions import is_promo


def role(line: Line, *, last: bool = False) -> str:
    """What a line is by itself: button, status, promotion or caption; empty where it may be the article's.

    The `last` of its sentences may be signed by an agency.
    """
    if is_button(line):
        return "button"
    if is_status(line, last=last):
        return "status"
    if is_promo(line):
        return "promotion"
    return "caption" if is_credit(line) and not (last and is_signed(line)) else ""
