"""`content/` in and out: articles, companies, pages, pictures, the inbox and the ledger. Writes whole files or none."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pressfold import amend, apart, companyfile, dismissed, ledger
from pressfold import article as articles
from pressfold import registry as companies
from pressfold.apart import Apart
from pressfold.article import Article, mint
from pressfold.company import Company
from pressfold.ledger import Ledger
from pressfold.problem import Problem, Problems, gather, refuse
from pressfold.reading import plain
from pressfold.registry import Registry
from pressfold.site import (
    ARTICLES,
    COMPANIES,
    INBOX,
    LEDGER,
    MEDIA,
    NO_COMPANIES,
    PAGES,
    PICTURES,
    STORIES,
    out_of_place,
)
from pressfold.slug import Slug, slug_of
from pressfold.survey import TEMPORARY, digest, survey
from pressfold.textpage import TextPage
from pressfold.textpage import load as load_page


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All that `content/` says, and what is wrong with it."""

    articles: tuple[Article, ...]
    registry: Registry
    declared: tuple[Company, ...]
    texts: tuple[TextPage, ...]
    media: tuple[str, ...]
    problems: tuple[Problem, ...]


def read(root: Path, now: dt.datetime, *, frozen: bool) -> Content:
    """Read everything, in a stable order. A hand-written article without id gets one, written into its file (not when frozen)."""
    declared, registry, problems = read_companies(root)
    found, wrong = gather(lambda path: _article(root, path, registry, now, frozen), list(_files(root, ARTICLES, ".md")))
    pages, amiss = gather(lambda path: load_page(*_text(root, path)), list(_files(root, PAGES, ".md")))
    media = tuple(_files(root, MEDIA))
    odd = [*survey(root, ARTICLES, COMPANIES, PAGES, MEDIA).odd]
    problems += wrong + amiss + odd + _twins(found) + contested(root, declared) + out_of_place(root)
    return Content(
        articles=tuple(found),
        registry=registry,
        declared=tuple(declared),
        texts=tuple(pages),
        media=media,
        problems=tuple(problems),
    )


def read_companies(root: Path) -> tuple[list[Company], Registry, list[Problem]]:
    """(the site's own companies, all that an article may name, what is wrong with the site's own)."""
    declared, problems = gather(lambda path: companyfile.load(*_text(root, path)), list(_files(root, COMPANIES, ".md")))
    # A company whose file is broken is known by its name, so that its articles do not seem wrong as well.
    broken = {slug: Company(slug=slug, name=slug) for slug in _stems(root, COMPANIES) - companies.built_in().keys()}
    return declared, companies.registry({**broken, **{company.slug: company for company in declared}}), problems


def read_article(root: Path, path: str) -> Article:
    """One article, whatever companies it names. Raises Problems."""
    return articles.load(*_text(root, path))


def companies_of(root: Path) -> Registry:
    """All companies that the site knows. Raises Problems where a file of its own is wrong, or two want one slug."""
    declared, registry, problems = read_companies(root)
    problems += contested(root, declared)
    if problems:
        raise Problems(problems)
    return registry


def paths(root: Path) -> list[str]:
    """The files of all articles, in order."""
    return list(_files(root, ARTICLES, ".md"))


def one(root: Path, path: str) -> Article | None:
    """One article by its file; None where it cannot be read: a build says why."""
    with suppress(Problems):
        return read_article(root, path)
    return None


def each(root: Path, progress: Callable[[int, int], None], notice: Callable[[str], None]) -> Iterator[Article]:
    """Every article that can be read, by path; of the others it is told that they are left out."""
    listed = paths(root)
    for done, path in enumerate(listed, 1):
        article = one(root, path)
        if article:
            yield article
        else:
            notice(f"{path}: left out, since it cannot be read; a build says why")
        progress(done, len(listed))


def _files(root: Path, folder: str, ending: str = "") -> Iterator[str]:
    """The files below a folder, as paths relative to the site, in order."""
    return (path for path in survey(root, folder).files if path.endswith(ending))


def _text(root: Path, path: str) -> tuple[str, str]:
    try:
        return plain((root / path).read_bytes(), path), path
    except OSError as error:
        raise refuse(path, 0, f"cannot be read: {error.strerror}") from None


def _text_if_any(root: Path, path: str) -> str:
    """The text of a file; empty where there is none."""
    return _text(root, path)[0] if (root / path).is_file() else ""


def _article(root: Path, path: str, registry: Registry, now: dt.datetime, frozen: bool) -> Article:
    text, _ = _text(root, path)
    try:
        return articles.load(text, path, registry)
    except articles.Incomplete as wrong:
        complete(root, path, registry, now, wrong.problems, frozen=frozen)
        return articles.load(_text(root, path)[0], path, registry)


def complete(
    root: Path, path: str, registry: Registry, now: dt.datetime, lacking: Iterable[Problem], *, frozen: bool
) -> None:
    """Write what the machine gives into an article that lacks only that. Raises Problems, when frozen what is lacking."""
    if frozen:
        hint = "run pressfold build without --frozen, and commit what it writes"
        raise Problems(replace(problem, hint=hint) for problem in lacking)
    completed = amend.complete((root / path).read_bytes().decode("utf-8"), path, mint(path), now)
    articles.load(completed.removeprefix("\ufeff").replace("\r\n", "\n"), path, registry)
    write(root / path, completed.encode("utf-8"))


def _twins(found: list[Article]) -> list[Problem]:
    """Two articles with one id: a feed reader would show only one of them."""
    first: dict[str, Article] = {}
    return [
        Problem(article.path, 0, f"has the id of {first[article.id].path}", "delete the id line of the copy")
        for article in found
        if first.setdefault(article.id, article) is not article
    ]


def contested(root: Path, declared: Iterable[Company]) -> list[Problem]:
    """Companies of the site's own that want one slug twice."""
    return [
        Problem(one.path, line_of(root, one.path, one.key) if one.key else 0, one.message, one.hint)
        for one in companyfile.contests(declared)
    ]


def line_of(root: Path, path: str, key: str) -> int:
    """The line in which a field of an article, or a company, stands; 0 where it cannot be said."""
    with suppress(Problems):
        return articles.line_of(key, *_text(root, path))
    return 0


# The inbox.


def receive(root: Path, source: Path, others: Sequence[Path] = ()) -> str:
    """Copy a file into the inbox under a free name; its path relative to content/. The same bytes are not copied twice.

    `others` lie in folders beside it, and keep their names: the file refers to them. Where its own is taken, all of
    them go into a folder of their own.
    """
    data = source.read_bytes()
    for number in range(1, 1000):
        other_name = f"{source.stem}-{number}" + (f"/{source.name}" if others else source.suffix)
        name = source.name if number == 1 else other_name
        target = root / INBOX / name
        if target.exists() and target.read_bytes() != data:
            continue
        for other in others:
            write(target.parent / other.relative_to(source.parent), other.read_bytes())
        write(target, data)
        return f"inbox/{name}"
    raise refuse(str(source), 0, "no free name for it in content/inbox", "rename the file")


# Writing.


def keep(root: Path, pictures: Iterable[tuple[str, bytes]]) -> None:
    """Write pictures by their names, which are their bytes': those that are there already are left alone."""
    for name, data in pictures:
        write(root / PICTURES / name, data)


def place(root: Path, article: Article, *, over: str = "") -> str:
    """Write a new article's file; its hash. `over` is the hash of a file that may be written over, having been ours.

    Raises Problems rather than write over anything else.
    """
    target, data = root / article.path, articles.dump(article).encode("utf-8")
    if target.exists() and digest(target.read_bytes()) not in (over, digest(data)):
        raise refuse(article.path, 0, "has been edited, and is not written over", "delete it to import it again")
    write(target, data)
    return digest(data)


def write(target: Path, data: bytes) -> None:
    """Write a whole file or none: beside its place first, then renamed. Bytes that are there already are left alone."""
    if target.is_file() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{digest(target.name.encode('utf-8', 'replace'))[:16]}{TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def read_ledger(root: Path) -> Ledger:
    """The ledger; empty where there is none yet."""
    return ledger.load(_text_if_any(root, LEDGER))


def write_ledger(root: Path, entries: Ledger) -> None:
    """Write the ledger, when it says something new."""
    text = ledger.dump(entries.values())
    if text or (root / LEDGER).exists():
        write(root / LEDGER, text.encode("utf-8"))


def read_apart(root: Path) -> Apart:
    """Which articles are kept apart. Raises Problems."""
    return apart.load(_text_if_any(root, STORIES))


def keep_apart(root: Path, pairs: Iterable[tuple[Slug, Slug]]) -> None:
    """Note pairs of articles that are kept apart."""
    text = _text_if_any(root, STORIES)
    longer = apart.add(text, pairs)
    if longer != text:
        write(root / STORIES, longer.encode("utf-8"))


def read_dismissed(root: Path) -> frozenset[str]:
    """The names that an editor says are no company's. Raises Problems."""
    return dismissed.load(_text_if_any(root, NO_COMPANIES))


def dismiss(root: Path, names: Iterable[str]) -> None:
    """Note names that are no company's."""
    text = _text_if_any(root, NO_COMPANIES)
    write(root / NO_COMPANIES, dismissed.add(text, names).encode("utf-8"))


def current(root: Path, path: str) -> str:
    """The hash of a file as it is now; empty when it is not there."""
    return digest((root / path).read_bytes()) if (root / path).is_file() else ""


def slugs(root: Path) -> set[Slug]:
    """The addresses that articles have, readable or not."""
    return _stems(root, ARTICLES)


def _stems(root: Path, folder: str) -> set[Slug]:
    return {slug_of(path) for path in _files(root, folder, ".md")}
