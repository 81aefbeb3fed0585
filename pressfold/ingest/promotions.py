"""Lines that lead to other articles, to a newsletter, or to all texts with a tag."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from pressfold.ingest.buttons import is_button_text
from pressfold.ingest.dates import YEAR_OR_CLOCK, western
from pressfold.ingest.lexicon import Phrases, every, holds, key, pieces, share, stems, tokens
from pressfold.ingest.lines import Line, has_quotes
from pressfold.ingest.scripts import small

_LETTERS = re.compile("newsletter|e-?mail|rss|ctrl", re.IGNORECASE)


# Behind what the words stand that lead elsewhere: Read also: a headline; Read also | a headline; [Related] a headline.
_LEADS = re.compile(r"\s*[:|]\s*|\s+[–—-]\s+")
# What a page says to those who do not see its lists: list of 2 items, list 1 of 2, end of list.
_COUNTED = re.compile(r"(?:list (?:of )?\d+ (?:of|items?)|end of list)\b")
_ARROWS = re.compile(r"(?:>>+|👉|☞|⇒|🎧|📲|📱|🔔|📩|📧|📰|💬|🎥|📺)\ufe0f?\s*\S")  # what no list begins with


# How long a film or a recording is: Audio: What the mayor says (1 Min).
_PLAYED = re.compile(r"\(\d{1,3}(?::\d{2})?\s?min\.?\)$", re.IGNORECASE)
_MORE = re.compile(r"[.!?…]\s+([^\W\d_]+(?:\s[^\W\d_]+){0,2})\s?[>›»]*$")


def _goes_elsewhere(text: str) -> bool:
    """Whether a sentence has a button behind it: The chamber has asked its members. more."""
    behind = _MORE.search(text)
    return behind is not None and (is_button_text(behind[1]) or key(behind[1]) in every("promo"))


def is_promo(line: Line) -> bool:
    """A line that leads to other articles: "Read also: ...", "X presents:"; or lists its tags."""
    if line.words > 25:
        return False
    text = re.sub(r"^\[([^\[\]]{2,20})\]\s*", r"\1: ", line.narrow)
    if not line.ends and (_ARROWS.match(text) or _COUNTED.match(text) or _PLAYED.search(text) or _goes_elsewhere(text)):
        return True
    parting = _LEADS.search(text)
    if not parting:
        return key(text) in every("promo") or (not line.ends and _leads(text))
    head, mark, tail = text[: parting.start()], parting[0].strip(), text[parting.end() :]
    if mark == ":" and not tail.strip():
        words = tokens(head)
        fewest = min(2, (len(words) + 1) // 2)  # follow the workers' demands: is no "follow"
        parts = [part for n in range(fewest, len(words) + 1) for part in (words[:n], words[-n:])]
        return len(words) <= 6 and any(" ".join(part) in every("promo") for part in parts)
    if mark == ":":
        return key(head) in every("promo") or key(head) in every("tags")
    return (len(tokens(head)) > 1 and key(head) in every("promo")) or (not line.ends and _leads(text))


def _leads(text: str) -> bool:
    return key(text) in every("promo") or is_button_text(text)


def is_label(line: Line) -> bool:
    """A promotion's label alone on its line: what it leads to stands on the next."""
    alone = line.words <= 6 and not re.search(r":\s*\S", line.narrow)
    opening = " ".join(line.tokens[:2]) in every("promo") or line.key.startswith("newsletter")
    known = line.key in every("promo") or (opening and not line.ends)
    return alone and (known or (is_promo(line) and not is_button_text(line.text)))


def led(rows: Sequence[Line], label: int, known: Mapping[int, str]) -> list[int]:
    """The lines behind a label that it leads to: headlines of other articles, and what stands between these.

    Before running text the last of them is the heading of that, unless it is as long as no heading is or says nothing of
    it; before a list it leads that in. A button may only say that the text goes on.
    """
    fewest = 0 if known.get(label) == "button" else 1
    opens = rows[label].text.endswith((":", "："))  # then what it leads to may end as sentences do
    run: list[int] = []
    at = label + 1
    while (
        at < len(rows)
        and len(run) < _LED
        and (at in known or _is_headline(rows[at]) or (opens and _is_brief(rows[at])))
    ):
        if at not in known and run and rows[at].marked != rows[run[0]].marked:
            break  # a list begins, or ends
        run += [at] if at not in known else []
        at += 1
    if len(run) > fewest and at < len(rows):
        last = rows[run[-1]]
        short = last.words < NO_HEADING and not _is_of_another(last, rows[run[0]], rows[at], of=len(run))
        heads = (rows[at].prose or rows[at].ends) and (last.asks or short or _is_quotation(last.text))
        run = run[:-1] if heads or rows[at].marked else run
    while len(run) > fewest and rows[run[-1]].words < _HEADLINE:
        run.pop()
    behind = run[-1] + 1 if run else len(rows)
    if behind < len(rows) and rows[behind].words <= _DATED and YEAR_OR_CLOCK.search(western(rows[behind].text)):
        run.append(behind)  # the day of the other article
    return run


def _is_brief(line: Line) -> bool:
    """Whether a sentence is as short as a headline, and says what nobody said."""
    return _HEADLINE <= line.words <= _BRIEF and line.text[-1] in ".。" and not has_quotes(line.text)


def _is_of_another(line: Line, first: Line, below: Line, of: int) -> bool:
    """Whether the last `of` some headlines stands like the first and says nothing, or little, of the text below."""
    said = share(line.text, set(pieces(below.text)))
    alike = line.gap == first.gap and not line.asks and not _is_quotation(line.text)
    return alike and line.words >= _WORDY and (not said if of > 2 else of == 2 and said < _SAYS)


def _is_quotation(text: str) -> bool:
    """Whether a line is what somebody said, from mark to mark: a heading of an interview."""
    return text[0] in '"“„«»‘「' and text[-1] in '"”“»«’」'


_WORDY = 6  # words that a heading seldom has
_SAYS = 0.3  # of a heading's words, at least, stand in the paragraph below it, where the heading is so long


def _is_headline(line: Line) -> bool:
    item = small(line.text) or line.text.endswith((":", "：", ","))  # of a list, or what leads it in
    return line.words <= _LONGEST and (line.asks or not line.ends) and not item


_LED = 5  # lines that a label leads to
_LONGEST = 24  # words of a headline, or of what a newsletter promises
_HEADLINE = 5  # words of one, at least
_BRIEF, _DATED = 12, 4  # words of one that ends as a sentence does; of its day
NO_HEADING = 8  # words that hardly a heading inside an article has
_LEAD = 8  # words that lead to other articles, at most


def is_invitation(line: Line) -> bool:
    """A line inside or under the text that asks to subscribe, follow or read on."""
    words = line.tokens
    if len(words) > 20 or has_quotes(line.text):
        return False
    opening = any(" ".join(words[:n]) in every("promo") for n in range(2, min(len(words), _LEAD) + 1))
    asks = opening and (not line.ends or bool(_LETTERS.search(line.text)))
    pressed = not line.ends and holds(words[:5], _pressed(), gap=1) > 0
    letter = not line.ends and "newsletter" in words
    return asks or pressed or letter or bool(re.match(r"\W*(newsletter|tags?\b|ctrl)", line.text, re.IGNORECASE))


@cache
def _pressed() -> Phrases:
    """The buttons of all languages that take more than a word to say, as stems."""
    return stems(frozenset(phrase for phrase in every("ui") if " " in phrase))
