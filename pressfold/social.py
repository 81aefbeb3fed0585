"""Social cards: a name set large as a picture, which goes with a link where people share it."""

import hashlib
from functools import cache
from typing import Any

from pressfold import faces
from pressfold.pages.view.machines import SocialCardView
from pressfold.problem import refuse


def picture(view: SocialCardView, layout: str, source: str) -> bytes:
    """A card as PNG, set by the `source` of its layout, which is Typst. Raises Problems where that fails."""
    import typst  # eighty megabytes, which only a card needs

    given = {"name": view.name, "name-dir": view.dir, "title": view.title, "title-dir": view.title_dir}
    try:
        return bytes(_compiler().compile(source.encode(), format="png", ppi=72, sys_inputs=given))
    except typst.TypstError as error:
        raise refuse(f"layouts/{layout}", 0, f"Typst says: {error}") from None


def design(source: str) -> str:
    """The hash of all that a card is set with."""
    return hashlib.sha256(f"{faces.mark()}\0{source}".encode()).hexdigest()


@cache
def _compiler() -> Any:
    """Typst, with the faces of this folder and no others: so a card is the same on every machine."""
    import typst

    return typst.Compiler(root=str(faces.FACES), font_paths=[str(faces.FACES)], ignore_system_fonts=True)
