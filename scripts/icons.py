"""Draws the theme's PNG icons from layouts/static/icon.svg: run it, and commit what it writes, when that changes."""

from pathlib import Path

import typst

STATIC = Path(__file__).resolve().parent.parent / "layouts" / "static"
PAPER = "#fcfbf8"
# name, pixels, how much of them the drawing takes, ground: a phone cuts its own shape out of an icon that has one
ICONS = [
    ("icon-180", 180, 0.72, PAPER),
    ("icon-192", 192, 1, None),
    ("icon-512", 512, 1, None),
    ("icon-maskable", 512, 0.56, PAPER),
]

for name, pixels, share, ground in ICONS:
    fill = f'rgb("{ground}")' if ground else "none"
    source = (
        f"#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: {fill})\n"
        f'#align(center + horizon, image("/icon.svg", width: {share * 100}%))\n'
    )
    typst.compile(source.encode(), root=str(STATIC), output=str(STATIC / f"{name}.png"), format="png", ppi=72)
