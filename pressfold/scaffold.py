"""A new site: the few files that it begins with."""

import uuid
from pathlib import Path

from pressfold import config, yamltext
from pressfold.content import COMPANIES, INBOX, PAGES, write
from pressfold.problem import refuse
from pressfold.schema import is_web_address

_ABOUT = """\
---
title: About
---

Say here whose digest this is, what it follows, and where its articles come from.
"""
_INBOX = (
    "Put raw articles here: .txt, .html and .md files, in any folder. `pressfold build` imports each of them once.\n"
)
_COMPANIES = (
    "A company that Pressfold does not know, or knows too little of: `<slug>.md` with `name:` and `aliases: [...]`.\n"
)
_IGNORED = "/output/\n/.pressfold/\n"


def make(root: Path, title: str, base_url: str) -> tuple[str, ...]:
    """Write a new site's files; their paths. Raises Problems where a site, or anything else, is already there."""
    if not is_web_address(base_url):
        raise refuse("--base-url", 0, f"no http(s) address: {base_url!r}")
    there = [path.name for path in root.iterdir() if path.name not in (".git", ".venv")] if root.is_dir() else []
    if "config.yaml" in there:
        raise refuse("config.yaml", 0, "there is a site already", "choose another folder")
    if there:
        raise refuse(str(root), 0, "the folder is not empty", "choose another folder, or make an empty one")
    settings = {
        "id": uuid.uuid4().urn,
        "title": title,
        "description": "",
        "base_url": base_url,
        "language": "en",
        "timezone": "UTC",
    }
    files = {
        config.FILE: yamltext.dump({key: text for key, text in settings.items() if text}),
        ".gitignore": _IGNORED,
        f"{PAGES}/about.md": _ABOUT,
        f"{INBOX}/.about": _INBOX,
        f"{COMPANIES}/.about": _COMPANIES,
    }
    config.load(files[config.FILE])
    for path, text in files.items():
        write(root / path, text.encode("utf-8"))
    return tuple(files)
