"""A source that changed and its article, merged by fields: what nobody touched follows the source, what was edited stays.

Three are compared: what the machine last wrote (the ledger remembers it), what stands in the file, and what the source
says now. The file needs no marks to tell the one from the other.
"""

from collections.abc import Collection, Mapping

import msgspec

from pressfold.article import REVIEWABLE, Article, fields_of
from pressfold.published import digest
from pressfold.yamltext import Plain, alike

_NEVER = frozenset(("id", "added", "updated", "story", "review", "redirects", "import"))
TEXT = "text"  # the field of the ledger that holds the body's hash; `body` says how much may be republished


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What an article's file is to say: `fields` by their keys, and the `body` where it is another.

    `followed` are those that the source changed, `conflicts` those that it could not, for they had been edited.
    """

    fields: dict[str, Plain]
    body: str | None
    followed: tuple[str, ...]
    conflicts: tuple[str, ...]


def machine(article: Article) -> dict[str, Plain]:
    """The fields that a later merge compares, as the ledger remembers them; the body by its hash."""
    said = {key: value for key, value in fields_of(article).items() if value and key not in _NEVER}
    return {**said, TEXT: digest(article.body)}


def merge(before: Mapping[str, Plain], mine: Article, source: Article) -> Merged:
    """Merge what the source says now into `mine`, the article as it stands; `before` is what the machine last wrote."""
    standing, new = machine(mine), machine(source)

    def same(key: str, one: Mapping[str, Plain], other: Mapping[str, Plain]) -> bool:
        return alike(one.get(key, ""), other.get(key, ""))

    differing = [key for key in {**standing, **new} if not same(key, new, before) and not same(key, new, standing)]
    free = [key for key in differing if same(key, standing, before)]
    fields: dict[str, Plain] = {key: new.get(key, "") for key in free if key != TEXT}
    if free:
        fields |= {"review": _review(mine, source, free), "import": source.origin}
    return Merged(
        fields=fields,
        body=source.body if TEXT in free else None,
        followed=tuple(free),
        conflicts=tuple(key for key in differing if key not in free),
    )


def _review(mine: Article, source: Article, free: Collection[str]) -> list[str]:
    """What waits for a person: of fields that follow as the source says, of the others as it stands."""
    anew = {"body" if key == TEXT else key for key in free}
    return [name for name in REVIEWABLE if name in (source.review if name in anew else mine.review)]
