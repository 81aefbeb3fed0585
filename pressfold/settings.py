"""The settings of a site, read."""

from collections.abc import Mapping
from pathlib import Path

from pressfold import config
from pressfold.config import Config
from pressfold.problem import refuse
from pressfold.site import CONFIG, check_site


def read_config(root: Path, environment: Mapping[str, str], base_url: str = "") -> Config:
    """The site's settings. Raises Problems, also where there is no site."""
    check_site(root)
    try:
        text = (root / CONFIG).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(CONFIG, 0, "not UTF-8", "save the file as UTF-8") from None
    return config.load(text, environment=environment, base_url=base_url)
