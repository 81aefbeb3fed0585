"""Draws the theme's PNG icons from layouts/static/icon.svg: run it, and commit what it writes, when that changes.

python -m scripts.icons
"""

from pathlib import Path

import typst

STATIC = Path(__file__).resolve().parent.parent / "layouts" / "static"
PAPER = "#fcfbf8"
# name, pixels, how much of them the drawing takes, ground: a phone cuts its own shape out of an icon that has one
ICONS: list[tuple[str, int, float, str | None]] = [
    ("icon-180", 180, 0.72, PAPER),
    ("icon-192", 192, 1, None),
    ("icon-512", 512, 1, None),
    ("icon-maskable", 512, 0.56, PAPER),
]


def icon(pixels: int, share: float, ground: str | None) -> bytes:
    """One of them as PNG."""
    fill = f'rgb("{ground}")' if ground else "none"
    source = (
        f"#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: {fill})\n"
        f'#align(center + horizon, image("/icon.svg", width: {share * 100}%))\n'
    )
    made = typst.Compiler(root=str(STATIC)).compile(source.encode(), format="png", ppi=72)
    assert isinstance(made, bytes)  # of one page
    return made


if __name__ == "__main__":
    for name, pixels, share, ground in ICONS:
        (STATIC / f"{name}.png").write_bytes(icon(pixels, share, ground))
