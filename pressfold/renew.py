"""A build that has something to do: content taken in, then drawn and applied."""

from collections.abc import Callable

from pressfold.catalog import Catalog
from pressfold.config import Config
from pressfold.drawing import Plan, prepare, ready
from pressfold.glance import Glance, vouch, vouched
from pressfold.language import Tag
from pressfold.layouts import Layouts
from pressfold.memory import Memory
from pressfold.options import Options
from pressfold.output import Report
from pressfold.output.manifest import look, read_manifest
from pressfold.problem import Problem
from pressfold.published import digest
from pressfold.redraw import redraw
from pressfold.settings import read_config
from pressfold.site import theme
from pressfold.update import Small, Taking, html_mark, small, take_in


def renew(
    options: Options,
    memory: Memory,
    seen: Glance,
    clock: int,
    versions: str,
    standing: Callable[[], list[Problem]],
) -> tuple[list[Problem], Report | None]:
    """(what is wrong, what was written). `standing` says what is wrong with the site besides its single files."""
    settings = read_config(options.root, options.environment, options.base_url)
    found = small(options.root, memory, seen)
    taking = Taking(
        root=options.root,
        config=settings,
        due=options.due,
        clock=clock,
        frozen=options.frozen,
        jobs=options.jobs,
        progress=options.progress,
    )
    folders = theme(options.root)
    layouts = Layouts(tuple(folders.values()), tuple(folders))
    meanwhile = () if memory.pages_count() else ready(layouts)
    problems = [*found.problems, *take_in(taking, memory, seen, found, versions, meanwhile), *standing()]
    if problems and not options.keep_going:
        return problems, None
    mark = html_mark(settings.markup, versions)
    layouts = prepare(layouts, memory, seen.theme, mark, _tongues(memory, found, settings))
    plan = _plan(options, memory, found, settings, layouts, mark)
    drawn = redraw(
        plan,
        memory,
        jobs=options.jobs,
        name=options.shown,
        keep_going=options.keep_going,
        progress=options.progress,
    )
    if drawn.report:
        with memory.change():
            vouch(options.folder, memory)
            _forget(memory, found, mark)
    return [*problems, *drawn.problems], drawn.report


def _forget(memory: Memory, found: Small, mark: str) -> None:
    """Forget the HTML of texts that no page shows any more, where they are more than those that one shows."""
    if memory.count("html") > 2 * memory.pages_count() + 100:
        bodies = [one.body for one in found.declared.values()] + [one.body for one in found.texts]
        texts = [*Catalog(memory.database).texts(), *map(digest, bodies)]
        memory.need("html", (f"{mark}{text}" for text in texts))
        memory.keep("html")


def _tongues(memory: Memory, found: Small, settings: Config) -> set[Tag]:
    """The languages of all pages."""
    told = Catalog(memory.database).names("language")
    return {settings.language, *map(Tag, told), *(text.lang for text in found.texts if text.lang)}


def _plan(options: Options, memory: Memory, found: Small, settings: Config, layouts: Layouts, versions: str) -> Plan:
    """What drawing needs to know; the output's files are looked at where nobody vouches for their list."""
    sure = options.cache and vouched(options.folder, memory)
    with memory.change():
        if memory.fact("folder") != str(options.folder):
            memory.undraw(None)
        if not sure:
            look(options.folder)
            listed = read_manifest(options.folder)
            memory.undraw([page.path for page in memory.pages() if listed.get(page.path) != page.digest])
    return Plan(
        root=options.root,
        folder=options.folder,
        memory=memory.path,
        config=settings,
        declared=found.declared,
        broken=found.broken,
        texts=found.texts,
        layouts=layouts,
        versions=versions,
        listed=read_manifest(options.folder),
        vouched=sure,
        anew=not memory.pages_count(),
        preview=options.preview,
    )
