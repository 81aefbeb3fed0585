"""Who wrote a text, told under it: a few sentences about the author, or who else worked on it."""

import re
from collections.abc import Sequence

from pressfold.ingest.lexicon import every, holds, key, lexicon, stems, tokens
from pressfold.ingest.lines import Line, has_quotes
from pressfold.language import Tag


def is_biography(line: Line, language: Tag, author: str = "") -> bool:
    """A few sentences about the author: it begins with the name, or with the word for one, or uses two of the trade."""
    words = line.tokens
    if line.words > 60 or has_quotes(line.text):
        return False
    if _CARD_LABEL.match(line.text) or (author and any(line.key.startswith(key(name)) for name in author.split(", "))):
        return True
    if re.search(r"(?<!\d)(?!19|20)\d{3}", line.text):
        return False
    known = lexicon(language)
    trade = holds(words, stems(known.profession))
    if trade < 4 and holds(words, stems(known.reporting)) > 0:
        return False
    writers = {word for name in known.byline for word in tokens(name) if len(word) > 4}
    opening = {word.split("'")[-1] for word in words[:3]}
    return (
        trade >= 2
        or (line.words <= 40 and bool(opening & writers) and trade >= 1)
        or (line.words <= 16 and bool(opening & (writers | _AUTHORS)))
    )


# The author as a person, in the forms in which sites write it; the lexicon's bylines hold it for other languages.
_CARD_LABEL = re.compile(r"(?:著者|筆者|執筆者)(?:紹介|プロフィール|略歴)|作者简介|作者簡介|필자 소개")
_AUTHORS = frozenset("author autor autorin autorka autore autrice auteur autrice auteure autora автор автора".split())


def card(rows: Sequence[Line], prose: Sequence[int], author: str) -> int:
    """Where the author's name stands alone at the end of a text, over a few sentences about whom it names; else the text's end."""
    names = {key(name) for name in (author, *author.split(", ")) if name}
    begins = prose[-_CARD - 1] + 1 if len(prose) > _CARD + 1 else len(rows)
    return next((at for at in range(begins, len(rows)) if rows[at].key in names), len(rows))


_CARD = 2  # paragraphs about an author, at most
_CREDITS = 30  # words that say who else worked on a text


def is_signoff(line: Line) -> bool:
    """A last line that says who else worked on the text: Additional reporting by ...; Jane Roe contributed reporting."""
    words = line.tokens
    opening = words[:6] if line.words <= _CREDITS and not has_quotes(line.text) else []
    known = any(" ".join(opening[:n]) in every("signoff") for n in range(2, len(opening) + 1))
    return known or (bool(opening) and _WORKED.match(line.text) is not None)


_WORKED = re.compile(r"(?:[A-Z][\w'’-]+\s){2,4}contributed (?:reporting|to this)\b")
