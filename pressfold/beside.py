"""What a browser saves beside a page: a folder with its pictures, styles, scripts and frames, none of them an item of its own."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pressfold.site import INBOX
from pressfold.survey import passed_over

# What Firefox and Chromium put behind a page's name; older ones did it in the user's language.
_FOLDER = re.compile(
    r"(?P<page>.+)[_-](?:files|Dateien|fichiers|archivos|ficheiros|arquivos|file|pliki|bestanden|filer|tiedostot|soubory|dosyalar)"
)
_LARGEST = 8 * 2**20  # bytes; no picture as large as that is kept
_INSIDE = 3  # steps of a path from content/ to what lies in a folder of its inbox: content/inbox/a_files/b.png
_PAGES = (".html", ".htm", ".HTML", ".HTM")


def items(files: Collection[str]) -> list[str]:
    """Those of an inbox's files that are items, by their paths."""
    return [path for path in files if path.count("/") < _INSIDE or not _belongs(path, files)]


def _belongs(path: str, files: Collection[str]) -> bool:
    """Whether a file lies in the folder of a page that is there too."""
    return any(
        folder and f"{above}/{folder['page']}{ending}" in files
        for above, folder in _folders(PurePosixPath(path).parent)
        for ending in _PAGES
    )


def _folders(inner: PurePosixPath) -> Iterator[tuple[PurePosixPath, re.Match[str] | None]]:
    while len(inner.parts) > 2:
        yield inner.parent, _FOLDER.fullmatch(inner.name)
        inner = inner.parent


def saved_with(page: Path) -> list[Path]:
    """The files of a page's folder, wherever it lies, in order."""
    if page.suffix not in _PAGES:
        return []
    found = [
        other
        for other in page.parent.iterdir()
        if (match := _FOLDER.fullmatch(other.name)) and match["page"] == page.stem
    ]
    return [
        path
        for folder in sorted(found)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not any(passed_over(part) for part in path.relative_to(folder).parts)
    ]


def reader(root: Path, file: str) -> Callable[[str], bytes]:
    """What reads the files that lie beside one of the inbox (`file`, below content/) by their addresses, seen from there.

    What it reads are bytes; none where there is no such file in the inbox.
    """
    return partial(_read, root / INBOX, (root / "content" / file).parent)


def _read(inbox: Path, folder: Path, address: str) -> bytes:
    try:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return b""
        place = (folder / unquote(parts.path)).resolve(strict=True)
        if inbox.resolve() not in place.parents or not place.is_file() or place.stat().st_size > _LARGEST:
            return b""
        return place.read_bytes()
    except (OSError, ValueError, RuntimeError):  # no file, or a name that is none
        return b""
