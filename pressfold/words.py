"""The theme's own words in the languages that it speaks: gettext catalogues, `layouts/words/<tag>.po`.

English is what stands in the layouts and in the code. A site's own catalogue says what it says instead of the theme's,
message by message.
"""

import gettext
import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from pressfold.language import Tag, base, locale
from pressfold.problem import Problem, Problems, refuse

ENGLISH = Tag("en")
FOLDER = "words"  # of the layouts


def N_(text: str) -> str:  # noqa: N802 - gettext's name for it
    """A text that is said elsewhere: found when the catalogues are gone over."""
    return text


class Tongue:
    """A language that the theme speaks: `tongue(text)` says it in that language."""

    def __init__(self, tag: Tag, catalogue: bytes) -> None:
        self.tag = tag
        self.mark = hashlib.sha256(catalogue).hexdigest()[:16]  # of its words
        self._gettext = gettext.GNUTranslations(BytesIO(catalogue)) if catalogue else gettext.NullTranslations()
        self._said: dict[str, str] = {}  # a page asks for some thirty

    def __call__(self, text: str, **given: Any) -> str:
        """A text. With `%(name)s` in it, HTML in which all that is given is escaped unless it is HTML."""
        found = self._said.get(text)
        if found is None:
            found = self._said[text] = self._gettext.gettext(text)
        return _filled(found, given) if given else found

    def count(self, one: str, many: str, num: int) -> str:
        """A text with a number, `%(num)s`, in the form that the language has for it."""
        return _filled(self._gettext.ngettext(one, many, num), {"num": num})

    def forms(self, one: str, many: str) -> dict[str, str]:
        """A text with a number that only the browser will know: its forms, `%(num)s` in each, by CLDR's names for them."""
        form = locale(self.tag).plural_form
        return {form(num): self._gettext.ngettext(one, many, num) for num in range(200)}

    @cached_property
    def marked(self) -> "Marked":
        """The same, for pages of another language."""
        return Marked(self)


class Marked:
    """A language's words among those of another: marked with their language, and kept apart from what stands round them."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue

    def __call__(self, text: str, **given: Any) -> str:
        """A text, in an element of its own."""
        return self._in_element(self._tongue(text, **given))

    def count(self, one: str, many: str, num: int) -> str:
        """A text with a number, in an element of its own."""
        return self._in_element(self._tongue.count(one, many, num))

    def _in_element(self, text: str) -> Markup:
        return Markup('<bdi lang="{}">{}</bdi>').format(self._tongue.tag, text)


class Words:
    """What the theme says, by language; `catalogues` are compiled, as gettext's .mo files are."""

    def __init__(self, catalogues: Mapping[Tag, bytes] = MappingProxyType({})) -> None:
        self._catalogues = catalogues
        self._tongues: dict[Tag, Tongue] = {}
        self._nearest: dict[tuple[Tag, ...], Tag] = {}

    def __reduce__(self) -> tuple[type["Words"], tuple[Mapping[Tag, bytes]]]:
        """Another process is given the catalogues."""
        return Words, (dict(self._catalogues),)

    def language(self, *wanted: Tag) -> Tag:
        """The first of some languages, or its base, that has a catalogue; English when none has."""
        if wanted not in self._nearest:  # every page asks
            nearest = (near for tag in wanted for near in (tag, base(tag)))
            found = next((near for near in nearest if near == ENGLISH or near in self._catalogues), ENGLISH)
            self._nearest[wanted] = found
        return self._nearest[wanted]

    def of(self, tag: Tag) -> Tongue:
        """A language that has a catalogue."""
        if tag not in self._tongues:
            self._tongues[tag] = Tongue(tag, self._catalogues.get(tag, b""))
        return self._tongues[tag]


def _filled(text: str, given: Mapping[str, Any]) -> str:
    return Markup(escape(text)) % given  # noqa: S704 - escaped


def catalogue_files(folders: Iterable[tuple[str, Path]], tag: Tag) -> list[tuple[str, bytes]]:
    """The catalogues of a language in some folders, as messages call them, and their bytes."""
    places = [(f"{name}/{FOLDER}/{tag}.po", folder / FOLDER / f"{tag}.po") for name, folder in folders]
    return [(place, path.read_bytes()) for place, path in places if path.is_file()]


def compiled(tag: Tag, files: Iterable[tuple[str, bytes]]) -> bytes:
    """One catalogue of a language's files, the first one's words before the others'.

    Raises Problems for a file that is no catalogue.
    """
    from babel.messages.mofile import write_mo

    before: Any = ()
    for place, data in files:
        catalogue = _read(data, tag, place)
        for own in before:
            if own.id and own.string:
                catalogue.delete(own.id)
                catalogue[own.id] = own
        before = catalogue
    out = BytesIO()
    write_mo(out, before)
    return out.getvalue()


def _read(data: bytes, tag: Tag, place: str) -> Any:
    """Babel's catalogue of a file that messages call `place`."""
    from babel.messages.pofile import read_po

    try:
        catalogue = read_po(BytesIO(data), locale=locale(tag), abort_invalid=True)
    except Exception as error:  # noqa: BLE001 - Babel raises what it comes across
        raise refuse(place, getattr(error, "lineno", 0) or 0, f"no gettext catalogue: {error}") from None
    wrong = [
        Problem(place, message.lineno or 0, f"{message.id!r}: {error}")
        for message, errors in catalogue.check()
        for error in errors
    ]
    if wrong:
        raise Problems(wrong)
    return catalogue
