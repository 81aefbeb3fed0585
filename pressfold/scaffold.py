"""What is begun empty: a new site, and a new article written by hand."""

import datetime as dt
import os
import uuid
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from pressfold import article as articles
from pressfold import config, content, yamltext
from pressfold.config import Config
from pressfold.language import parse_tag
from pressfold.moment import day
from pressfold.problem import Problems, refuse
from pressfold.schema import is_web_address
from pressfold.site import ARTICLES, COMPANIES, CONFIG, INBOX, PAGES
from pressfold.slug import check_slug, distinct, slug

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
        "cards": yamltext.Bare("true"),
        "search": "pagefind",
    }
    files = {
        CONFIG: yamltext.dump({key: text for key, text in settings.items() if text}),
        ".gitignore": _IGNORED,
        f"{PAGES}/about.md": _ABOUT,
        f"{INBOX}/.about": _INBOX,
        f"{COMPANIES}/.about": _COMPANIES,
    }
    config.load(files[CONFIG])
    for path, text in files.items():
        content.write(root / path, text.encode("utf-8"))
    return tuple(files)


def begin(root: Path, settings: Config, now: dt.datetime, title: str, lang: str, companies: Sequence[str]) -> Path:
    """Write a draft article with a title; its path. Raises Problems for a title, a language or a company that will not do."""
    found = content.read(root, now, frozen=True)
    known = found.registry
    month = day(now, settings.zone)
    title = " ".join(title.encode("utf-8", "replace").decode().split())
    if not any(ch.isalnum() for ch in title):
        raise refuse("TITLE", 0, "has no words", "pressfold new 'A title'")
    key = articles.mint(f"new {now.isoformat()} {title} {os.urandom(8).hex()}")
    name = distinct(slug(title, key[-12:]), key[-12:], content.slugs(root))
    try:
        tag = parse_tag(lang) if lang else settings.language
    except ValueError as error:
        raise refuse("--lang", 0, str(error), "a tag such as en, ar or pt-BR") from None
    article = articles.Article(
        path=f"{ARTICLES}/{month:%Y}/{month:%m}/{name}.md",
        id=key,
        title=title,
        lang=tag,
        added=now,
        companies=tuple(check_slug(company, "--company", 0, "company") for company in companies),
        story=name,
        draft=True,
    )
    try:
        articles.load(articles.dump(article), article.path, known)
    except Problems as wrong:  # all but the companies was checked above
        raise Problems(replace(problem, path="--company", line=0) for problem in wrong.problems) from None
    content.place(root, article)
    return root / article.path
