"""The output made of what content/ says; and taken away again."""

from collections.abc import Collection, Sequence

import msgspec

from pressfold import image, output
from pressfold.catalog import Catalog
from pressfold.glance import Glance, glance, survey_site, vouched
from pressfold.imported import Intake
from pressfold.memory import Memory
from pressfold.options import PREVIEW, Options, Outcome
from pressfold.output import Report
from pressfold.pipeline.importing import take_in
from pressfold.pipeline.remembering import remembering, without_damage
from pressfold.problem import Problem
from pressfold.site import ARTICLES, INBOX, WORK, check_site, lock, out_of_place
from pressfold.slug import Slug, slug_of
from pressfold.versions import versions


def build(options: Options) -> Outcome:
    """Import what is new, take in what changed, draw what that touches, apply it."""
    check(options)
    with remembering(options, options.work if options.cache else None) as (memory, clock):

        def work() -> Outcome:
            with output.staging(options.folder):
                return _build(options, memory, clock)

        return without_damage(memory, work)


def check(options: Options) -> None:
    """Raise Problems where there is no site, or the output would swallow it."""
    check_site(options.root)
    output.check_place(options.folder.resolve(), options.root.resolve(), (options.work / PREVIEW).resolve())


def _build(options: Options, memory: Memory, clock: int) -> Outcome:
    current = versions(memory)
    here, places = survey_site(options.root)
    intake, wrong = take_in(options, memory, here, clock)
    if intake.imported or intake.same:
        here, places = survey_site(options.root)
    seen = glance(options.root, memory, here, places, salt(options, current))

    def amiss() -> list[Problem]:
        return [*wrong, *standing(options, memory, seen, intake)]

    report: Report | None
    if _nothing_to_do(options, memory, seen):
        problems, report = amiss(), Report((), memory.pages_count(), ())
    else:
        from pressfold.renew import renew

        problems, report = renew(options, memory, seen, clock, current, amiss)
    return Outcome(
        intake=intake,
        problems=tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line))),
        report=report if options.keep_going or not problems else None,
        held=tuple(Catalog(memory.database).held()),
        notes=(memory.note,) if memory.note else (),
    )


def salt(options: Options, current: str) -> str:
    """What all pages depend on besides the site's files."""
    return msgspec.json.encode([current, sorted(options.environment.items()), options.base_url]).decode()


def _nothing_to_do(options: Options, memory: Memory, seen: Glance) -> bool:
    """Whether the output is as it must be: nothing changed, nothing was left to be drawn, and nobody touched the list."""
    return options.cache and seen.calm and drawn(options, memory, seen)


def drawn(options: Options, memory: Memory, seen: Glance) -> bool:
    """Whether nothing but files of content/ that changed can be a reason to draw anything."""
    return (
        memory.fact("scope") == seen.scope
        and not memory.dirty()
        and not Catalog(memory.database).turned(options.due)
        and vouched(options.folder, memory)
    )


def standing(options: Options, memory: Memory, seen: Glance, intake: Intake) -> list[Problem]:
    """What is wrong with the site as long as nobody mends it."""
    odd = [problem for problem in seen.here.odd if not problem.path.startswith(f"{INBOX}/")]
    twins = [
        Problem(path, 0, f"has the id of {first}", "delete the id line of the copy")
        for path, first in Catalog(memory.database).twins()
    ]
    refused = intake.refused if options.strict else ()
    translations = _translations(options, Catalog(memory.database), seen.here.below(ARTICLES))
    pictures = _pictures(options, Catalog(memory.database), seen.here.files)
    return [*odd, *seen.problems, *twins, *translations, *pictures, *out_of_place(options.root), *refused]


def _translations(options: Options, catalog: Catalog, paths: Sequence[str]) -> list[Problem]:
    """What is wrong with what translations say of their originals."""
    astray = catalog.astray()
    if not astray:
        return []
    from pressfold.translations import mistakes

    path_of = {slug_of(path): path for path in paths}
    return mistakes(options.root, astray, lambda slug: catalog.entered(path_of.get(Slug(slug), "")), path_of)


def _pictures(options: Options, catalog: Catalog, files: Collection[str]) -> list[Problem]:
    """The articles above which a picture should stand that is not there."""
    missing = [(path, f"content/{file}") for path, file in catalog.pictures() if f"content/{file}" not in files]
    if not missing:
        return []
    from pressfold import content

    return [
        Problem(
            path,
            content.line_of(options.root, path, image.KEY),
            f"{image.KEY!r} names {file}, which is not there",
            "bring the file back, or take the picture out of the front matter",
        )
        for path, file in missing
    ]


def clean(options: Options) -> tuple[str, ...]:
    """Delete what builds wrote, and what they remembered."""
    import shutil

    with lock(options.root, options.notice):
        gone = output.clean(options.folder)
    shutil.rmtree(options.root / WORK, ignore_errors=True)
    return gone
