"""What is to be drawn, drawn and applied to the output: the second half of a build, from the catalog to files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec

from pressfold import output
from pressfold.catalog import ARCHIVE, Catalog
from pressfold.drawing import Done, Painter, Plan
from pressfold.indexing import indexed
from pressfold.language import Tag, own_name
from pressfold.memory import Drawn, Memory
from pressfold.output import Report
from pressfold.output.foreign import foreign
from pressfold.output.stage import Stage
from pressfold.pages import INDEX, RANK, SITEMAP, kind
from pressfold.pages.machines import OTHERS, many
from pressfold.pages.view.machines import Address
from pressfold.problem import Problem, Problems
from pressfold.site import MEDIA
from pressfold.survey import digest
from pressfold.workers import Workers, share

_CHUNKS = {"article": 200, "feed": 2}  # subjects that one worker draws at a time ...
_MONTH = 200  # ... lists of one month, which share articles
_OTHERS = 6  # ... of all other kinds: a list costs as much as many articles
_STATIC, _MEDIA = "static", "media"  # subjects whose pages are copies of files


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What drawing came to; without a report nothing was written."""

    report: Report | None
    problems: tuple[Problem, ...]


def redraw(
    plan: Plan,
    memory: Memory,
    *,
    jobs: int,
    name: str,
    keep_going: bool,
    progress: Callable[[str, int, int], None],
) -> Result:
    """Draw every subject that is to be drawn, and apply the files once all of them are there; `name` is the output's."""
    dirty = memory.dirty()
    results: list[Done] = []
    subjects = [subject for subject in dirty if subject not in (_STATIC, _MEDIA, INDEX, SITEMAP)]
    chunks = list(_chunks(subjects))
    if plan.anew:  # CLDR's data: else every process would load it
        for tag in Catalog(memory.database).names("language"):
            own_name(Tag(tag))
    with Workers(jobs, partial(Painter, plan), load=sum(map(_load, subjects)), apart=memory.apart) as workers:
        for done in workers.map(Painter.draw, chunks):
            results += done
            progress("Drawing", len(results), len(subjects))
        if SITEMAP in dirty:
            results += _sitemaps(workers.own, memory, results)
        if INDEX in dirty and (keep_going or not any(one.problems for one in results)):
            results += indexed(plan, memory, workers, dirty, jobs=jobs, progress=progress)
        workers.own.keep_words()
    results += [_copied(plan, memory, subject) for subject in (_STATIC, _MEDIA) if subject in dirty]
    problems = [problem for one in results for problem in one.problems]
    clashing = _clashes(memory, results)  # what lies where is not decided then, whatever else can be built
    problems += clashing
    if clashing or (problems and not keep_going):
        return Result(report=None, problems=tuple(dict.fromkeys(problems)))
    return Result(report=_apply(plan, memory, results, name), problems=tuple(dict.fromkeys(problems)))


def _load(subject: str) -> int:
    """What drawing a subject costs, in articles."""
    return {"article": 1, "feed": 60}.get(kind(subject), 20)


def _chunks(subjects: Iterable[str]) -> Iterator[Sequence[str]]:
    """Subjects that share articles together: those of a family, and the lists of one month."""
    sets: dict[tuple[int, str], list[str]] = {}
    for subject in subjects:
        family, _, month = subject.rpartition("/")
        monthly = len(month) == 7 and month[:4].isdecimal() and kind(family) != "article"
        sets.setdefault((0, month) if monthly else (RANK[kind(subject)], ""), []).append(subject)
    for (_, month), some in sorted(sets.items(), reverse=True):
        yield from share(some, _MONTH if month else _CHUNKS.get(kind(some[0]), _OTHERS))


def _sitemaps(painter: Painter, memory: Memory, results: Sequence[Done]) -> list[Done]:
    """The sitemap, drawn when all else is; and those of all months, where there is one for each now and was not before."""
    drawn = {one.subject for one in results}
    pages = [page for one in results for page in one.pages]
    pages += [page for page in memory.pages_but("article") if page.subject not in drawn]
    others = [
        Address(address=page.path.removesuffix("index.html"), changed=page.listed)
        for page in sorted(pages, key=lambda page: page.path)
        if page.listed is not None and kind(page.subject) != "article"
    ]
    found = painter.draw([SITEMAP], others)
    if many(painter.site) != bool(memory.subject(OTHERS)):
        months = [f"{SITEMAP}/{month}" for month in painter.site.catalog.months(ARCHIVE)]
        found += painter.draw([month for month in months if month not in drawn])
    return found


def _copied(plan: Plan, memory: Memory, subject: str) -> Done:
    """The static files of the theme, or the pictures of content/media/: files that are published as they are."""
    done, stage = Done(subject, [], [], []), Stage(plan.folder)
    if subject == _STATIC:
        for asset in plan.layouts.assets.values():
            mark = digest(asset.data)
            done.put(Drawn(asset.address, subject, "", mark, mark, None), asset.data, stage, plan.listed)
    else:
        for path, mark in memory.marks(MEDIA).items():
            place = path.removeprefix("content/")
            done.pages.append(Drawn(place, subject, "", mark, mark, None))
            if plan.listed.get(place) != mark:
                try:
                    if not stage.copy(place, plan.root / path, mark):
                        done.problems.append(Problem(path, 0, "changed while the site was built", "build again"))
                except FileNotFoundError:
                    done.problems.append(Problem(path, 0, "went away while the site was built", "build again"))
                done.staged.append(place)
    return done


def _clashes(memory: Memory, results: Sequence[Done]) -> list[Problem]:
    drawn = [page for one in results for page in one.pages]
    if all(memory.subject(page.path) == page.subject for page in drawn):
        return []  # all of them have stood there before
    done = {one.subject for one in results}
    return clashes([*(page for page in memory.pages() if page.subject not in done), *drawn])


def clashes(pages: Iterable[Drawn]) -> list[Problem]:
    """Where two pages want one address, or one wants a folder where another has its file."""
    first: dict[str, Drawn] = {}
    free: set[str] = set()  # folders in whose place no page has its file, nor above it
    problems: list[Problem] = []
    # What stands in no list, an old address, gives way to what has its own.
    ordered = sorted(
        pages,
        key=lambda page: (page.source != "", page.listed is None, RANK.get(kind(page.subject), -1), page.source),
    )
    for page in ordered:
        other = first.setdefault(page.path.casefold(), page)
        if other is not page:
            problems.append(_clash(page, other))
    for page in ordered:
        found: list[Problem] = []
        above: list[str] = []
        folder = page.path.casefold().rpartition("/")[0]
        while folder and folder not in free:
            above.append(folder)
            found += [_clash(page, first[folder])] if folder in first else []
            folder = folder.rpartition("/")[0]
        problems += found
        free.update(above if not found else ())
    return problems


def _clash(page: Drawn, other: Drawn) -> Problem:
    address = page.path.removesuffix("index.html")
    kept = other.source or ("a page of the site's own" if kind(other.subject) in RANK else "a file of the site's own")
    return Problem(page.source or kept, 0, f"wants the address /{address}, which {kept} has", "rename one of them")


def _apply(plan: Plan, memory: Memory, results: Sequence[Done], name: str) -> Report:
    done = {one.subject: one for one in results}
    place: dict[str, int] = {}
    if plan.vouched:
        listed = dict(plan.listed)
        for pages in memory.drawn(done).values():
            for page in pages:
                listed.pop(page.path, None)
    else:  # what is listed and no page of ours goes
        listed = {page.path: page.digest for page in memory.pages() if page.subject not in done}
    for one in results:
        rank = RANK.get(kind(one.subject), -1)  # what pages show or link to: static files, pictures
        for page in one.pages:
            listed[page.path] = page.digest
            place[page.path] = rank
    staged = [path for one in results for path in one.staged]
    blocked = foreign(plan.folder, sorted(staged), plan.listed, name)
    if blocked:
        raise Problems(blocked)
    report = output.apply(plan.folder, plan.listed, listed, staged, place.__getitem__)
    with memory.change():
        memory.redraw(
            [subject for subject, one in done.items() if not one.problems],
            [page for one in results for page in one.pages],
        )
    return report
