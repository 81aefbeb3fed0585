"""The settings of a site, read."""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from pressfold import config
from pressfold.config import Config
from pressfold.problem import refuse
from pressfold.site import CONFIG, SOURCES, check_site
from pressfold.source import load_sources


def read_config(root: Path, environment: Mapping[str, str], base_url: str = "") -> Config:
    """The site's settings, and the sources of the file that they have of their own.

    Raises Problems, also where there is no site.
    """
    check_site(root)
    found = config.load(_text(root, CONFIG), environment=environment, base_url=base_url)
    if not (root / SOURCES).is_file():
        return found
    return replace(found, sources={**found.sources, **load_sources(_text(root, SOURCES), SOURCES, found.sources)})


def _text(root: Path, path: str) -> str:
    try:
        return (root / path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(path, 0, "not UTF-8", "save the file as UTF-8") from None
