"""The picture that stands above an article: a file below `content/media/`, which the article's front matter names."""

import posixpath
import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # a card has a picture, and a build that reads no file needs no YAML
    from pressfold.schema import Fields
    from pressfold.yamltext import Plain

KEY = "image"
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_PICTURE = re.compile(r"media/.+\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)


class Image(msgspec.Struct, frozen=True):
    """A picture by its file, seen from the article's; the words for those who do not see it, and those below it."""

    file: str
    alt: str = ""
    caption: str = ""

    @property
    def said(self) -> "dict[str, Plain]":
        """What front matter says of it."""
        return {key: text for key, text in msgspec.structs.asdict(self).items() if text}


def read(fields: "Fields") -> Image | None:
    """The picture that an article's fields name; what is wrong with it is noted there."""
    inner = fields.mapping(KEY, ("file", "alt", "caption"))
    if inner is None:
        return None
    found = Image(inner.text("file", required=not inner.problems), inner.text("alt"), inner.text("caption"))
    if found.file and not published(found, fields.path):
        hint = "write its way from the article's file: ../../../media/crowd.jpg"
        inner.problem(inner.line("file"), f"'image.file' is no picture in content/media/: {found.file[:80]!r}", hint)
    fields.take(inner)
    return found


def published(image: Image, path: str) -> Image | None:
    """The same by its address on the site; `path` is the article's file. None where it cannot have one."""
    folder = posixpath.dirname(path.removeprefix("content/"))
    address = posixpath.normpath(posixpath.join("/", folder, image.file))[1:]
    here = _PICTURE.fullmatch(address) and not _ELSEWHERE.match(image.file)
    return msgspec.structs.replace(image, file=address) if here else None
