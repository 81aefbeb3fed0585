"""The command line: arguments, clock and environment in; messages and exit code out. Nothing else prints or exits."""

import datetime as dt
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from pressfold import __version__, pipeline
from pressfold.console import Console
from pressfold.moment import in_range
from pressfold.pipeline import Options, Outcome
from pressfold.problem import Problem, Problems

F = TypeVar("F", bound=Callable[..., Any])
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _common(function: F) -> F:
    """The flags that every command has."""
    for option in reversed(
        (
            click.option(
                "-s",
                "--site",
                type=click.Path(file_okay=False, path_type=Path),
                default=Path(),
                help="The site's folder.",
            ),
            click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
            click.option("-v", "--verbose", is_flag=True, help="Say more."),
            click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for programs."),
            click.option("--no-color", is_flag=True, help="No colours."),
        )
    ):
        function = option(function)
    return function


class _Run:
    """A command's surroundings: its console, its clock and how it ends."""

    def __init__(self, site: Path, quiet: bool, verbose: bool, as_json: bool, no_color: bool) -> None:
        environment = dict(os.environ)
        self.start = time.monotonic()
        self.root = site.resolve()
        self.console = Console(
            quiet=quiet, verbose=verbose, as_json=as_json, color=not no_color, environment=environment
        )
        self._settings = {name: text for name, text in environment.items() if name.startswith("PRESSFOLD_")}
        self._epoch = environment.get("SOURCE_DATE_EPOCH", "")

    def options(self, **given: Any) -> Options:
        """The options of a command, with the clock and the environment."""
        return Options(
            root=self.root,
            now=_now(self._epoch),
            environment=self._settings,
            progress=self.console.progress,
            notice=self.console.warn,
            **given,
        )

    def seconds(self) -> str:
        """How long it took."""
        return f"{time.monotonic() - self.start:.1f} s"

    def end(self, work: Callable[[], int]) -> None:
        """Run the command; every way to fail that a user can cause ends in a line and exit 1."""
        try:
            code = work()
        except Problems as wrong:
            self.console.finish()
            self.console.problems(wrong.problems)
            self.console.data({"problems": _as_data(wrong.problems)})
            code = 1
        except BrokenPipeError:  # the reader of a pipe has enough: pressfold list | head
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except OSError as error:
            self.console.finish()
            wrong_file = Problem(str(error.filename or "files"), 0, error.strerror or str(error))
            self.console.problems([wrong_file])
            self.console.data({"problems": _as_data([wrong_file])})
            code = 1
        except KeyboardInterrupt:
            self.console.finish()
            self.console.warn("stopped; the next build completes what was begun")
            code = 130
        self.console.finish()
        sys.exit(code)


def _now(epoch: str) -> dt.datetime:
    """The moment that counts as now: SOURCE_DATE_EPOCH where it is set, else the clock, to the second."""
    if epoch and not re.fullmatch(r"-?\d{1,15}", epoch, re.ASCII):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}")
    try:
        return in_range(dt.datetime.fromtimestamp(int(epoch) if epoch else int(time.time()), dt.UTC))
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is out of range: {epoch}") from None


def _as_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [{"path": p.path, "line": p.line, "message": p.message, "hint": p.hint} for p in problems]


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="pressfold")
def commands() -> None:
    """Publish a digest of news about companies: articles in, a static site and its feeds out."""


@commands.command()
@_common
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write the site (default: output/ of the site)."
)
@click.option("-b", "--base-url", default="", help="The site's address, instead of config.yaml's.")
@click.option("-D", "--drafts", is_flag=True, help="Publish drafts too.")
@click.option("-F", "--future", is_flag=True, help="Publish articles of the future too.")
@click.option(
    "--frozen", is_flag=True, help="Change nothing in content/: fail where something is not imported yet. For CI."
)
@click.option("--no-cache", is_flag=True, help="Remember nothing; look at the files of the output themselves.")
@click.option("--strict", is_flag=True, help="Fail also for what could not be imported.")
@click.option("--keep-going", is_flag=True, help="Build what can be built; still exit 1 when something is wrong.")
def build(
    site: Path, quiet: bool, verbose: bool, as_json: bool, no_color: bool, output: Path | None, base_url: str, drafts: bool,
    future: bool, frozen: bool, no_cache: bool, strict: bool, keep_going: bool,
) -> None:  # fmt: skip
    """Import what is new, then build the site into output/."""
    run = _Run(site, quiet, verbose, as_json, no_color)

    def work() -> int:
        given = {"drafts": drafts, "future": future, "frozen": frozen, "cache": not no_cache, "strict": strict}
        options = run.options(output=output and Path.cwd() / output, base_url=base_url, keep_going=keep_going, **given)
        outcome = pipeline.build(options)
        return _tell(run, outcome)

    run.end(work)


@commands.command(name="import")
@_common
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--again",
    multiple=True,
    metavar="FILE",
    help="Import a file of the inbox anew, its article deleted or never edited.",
)
@click.option("--strict", is_flag=True, help="Fail for what could not be imported.")
def import_(
    site: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    no_color: bool,
    paths: Sequence[Path],
    again: Sequence[str],
    strict: bool,
) -> None:
    """Turn what is new in content/inbox/ into articles; PATHS are copied into it first."""
    run = _Run(site, quiet, verbose, as_json, no_color)

    def work() -> int:
        wanted = [name.replace("\\", "/").removeprefix("content/") for name in again]
        return _tell(run, pipeline.import_(run.options(strict=strict), paths, wanted))

    run.end(work)


def _tell(run: _Run, outcome: Outcome) -> int:
    """Say what an import or a build did; the exit code."""
    console, intake = run.console, outcome.intake
    console.finish()
    for done in intake.imported if intake else ():
        unsure = f"  to review: {', '.join(done.article.review)}" if done.article.review else ""
        console.say(f"{done.entry.file} -> {done.article.path}  [{done.article.lang}]{unsure}")
        if done.told:
            console.say(f"  {done.told}")
        for out in done.draft.left_out:
            console.detail(f"  left out{f', line {out.line}' if out.line else ''} ({out.role}): {out.text[:80]}")
    refused = intake.refused if intake else ()
    console.problems([problem for problem in refused if problem not in outcome.problems], failing=False)
    console.problems(outcome.problems)
    for note in outcome.notes:
        console.warn(note)
    for article in outcome.held:
        console.detail(f"held back: {article.path} ({'draft' if article.draft else f'dated {article.date}'})")
    parts = _counts(outcome)
    failed = bool(outcome.problems)
    if outcome.building and outcome.report is None:
        count = len(outcome.problems)
        console.warn(f"{count} problem{'s' if count != 1 else ''}; nothing was written to the site")
    else:
        console.say(", ".join(f"{count} {word}" for word, count in parts.items()) + f" in {run.seconds()}")
    console.data(
        {
            "imported": [
                {"file": i.entry.file, "article": i.article.path, "review": list(i.article.review), "story": i.told}
                for i in (intake.imported if intake else ())
            ],
            "refused": _as_data(refused),
            "problems": _as_data(outcome.problems),
            "held_back": [article.path for article in outcome.held],
            "counts": parts,
        }
    )
    return 1 if failed else 0


def _counts(outcome: Outcome) -> dict[str, int]:
    parts: dict[str, int] = {}
    if outcome.intake:
        parts["imported"] = len(outcome.intake.imported)
        if outcome.intake.refused:
            parts["not imported"] = len(outcome.intake.refused)
    if outcome.report is None:
        parts["known already"] = outcome.intake.known if outcome.intake else 0
    else:
        parts |= {
            "written": len(outcome.report.written),
            "unchanged": outcome.report.unchanged,
            "deleted": len(outcome.report.deleted),
            "held back": len(outcome.held),
        }
    return parts


@commands.command()
@_common
@click.argument("title")
@click.option("--lang", default="", help="The article's language (default: the site's).")
@click.option("--company", "companies", multiple=True, help="A company that it is about; may be given again.")
def new(
    site: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    no_color: bool,
    title: str,
    lang: str,
    companies: Sequence[str],
) -> None:
    """Begin an article by hand: a draft with its id, to be written and published."""
    run = _Run(site, quiet, verbose, as_json, no_color)

    def work() -> int:
        path = pipeline.new(run.options(), title, lang, companies)
        run.console.say(str(path))
        run.console.data({"article": str(path)})
        return 0

    run.end(work)


@commands.command()
@_common
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="A digest", help="The site's title.")
@click.option("--base-url", default="https://example.org/", help="The site's address.")
def init(
    site: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    no_color: bool,
    folder: Path | None,
    title: str,
    base_url: str,
) -> None:
    """Make a new site in FOLDER."""
    run = _Run(folder or site, quiet, verbose, as_json, no_color)

    def work() -> int:
        made = pipeline.init(run.options(), title, base_url)
        run.console.say(f"a new site in {run.root}: put articles into content/inbox/, then run pressfold build")
        run.console.data({"made": list(made)})
        return 0

    run.end(work)


@commands.command(name="list")
@_common
@click.option("--drafts", is_flag=True, help="Only drafts.")
@click.option("--held", is_flag=True, help="Only what is held back: drafts, and articles of the future.")
@click.option("--review", is_flag=True, help="Only what waits for a person to confirm.")
def list_(
    site: Path, quiet: bool, verbose: bool, as_json: bool, no_color: bool, drafts: bool, held: bool, review: bool
) -> None:
    """List the articles, newest first."""
    run = _Run(site, quiet, verbose, as_json, no_color)

    def work() -> int:
        published, waiting, problems = pipeline.listing(run.options())
        chosen = [
            a
            for a in (*waiting, *(() if held or drafts else published))
            if (a.draft or not drafts) and (a.review or not review)
        ]
        for a in chosen:
            marks = [
                *(["draft"] if a.draft else []),
                *(["held back"] if a in waiting and not a.draft else []),
                *([f"review: {', '.join(a.review)}"] if a.review else []),
            ]
            note = f"  ({'; '.join(marks)})" if marks else ""
            run.console.say(
                f"{str(a.happened)[:10]}  {a.lang:<3} {', '.join(a.companies) or '-'}  {a.title}{note}\n            {a.path}"
            )
        run.console.problems(problems)
        run.console.data({
            "articles": [
                {"path": a.path, "id": a.id, "title": a.title, "lang": a.lang, "companies": list(a.companies), "story": a.story,
                 "date": str(a.happened)[:10], "draft": a.draft, "held_back": a in waiting, "review": list(a.review)}
                for a in chosen
            ],
            "problems": _as_data(problems),
        })  # fmt: skip
        return 1 if problems else 0

    run.end(work)


@commands.command()
@_common
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The site's output (default: output/ of the site)."
)
def clean(site: Path, quiet: bool, verbose: bool, as_json: bool, no_color: bool, output: Path | None) -> None:
    """Delete what builds wrote, and nothing else."""
    run = _Run(site, quiet, verbose, as_json, no_color)

    def work() -> int:
        gone = pipeline.clean(run.options(output=output and Path.cwd() / output))
        run.console.say(f"{len(gone)} deleted in {run.seconds()}")
        run.console.data({"deleted": list(gone)})
        return 0

    run.end(work)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script. Text goes out as UTF-8 whatever the system's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    commands(args=arguments, prog_name="pressfold")
