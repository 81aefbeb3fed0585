"""The command line: arguments, clock and environment in; messages and exit code out. Nothing else prints or exits."""

import datetime as dt
import functools
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from click.core import ParameterSource
from msgspec.structs import replace

from pressfold import __version__, pipeline
from pressfold.console import Console
from pressfold.moment import in_range
from pressfold.options import Options, Outcome
from pressfold.problem import Problem, Problems
from pressfold.tell import as_data, is_news, tell, tell_audit, tell_explained, tell_fetched, tell_joins, tell_reread

if TYPE_CHECKING:
    from pressfold.fetch import Network

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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
        surroundings = {
            "root": self.root,
            "now": _now(self._epoch),
            "environment": self._settings,
            "progress": self.console.progress,
            "notice": self.console.warn,
        }
        return Options(**{**surroundings, **given})

    def seconds(self) -> str:
        """How long it took."""
        return _seconds(self.start)

    def end(self, work: Callable[[], int]) -> None:
        """Run the command; every way to fail that a user can cause ends in a line and exit 1."""
        signal.signal(signal.SIGTERM, _terminate)
        try:
            code = work()
            sys.stdout.flush()
        except Problems as wrong:
            self.console.finish()
            self.console.problems(wrong.problems)
            self.console.data({"problems": as_data(wrong.problems)})
            code = 1
        except BrokenPipeError:  # the reader of a pipe has enough (pressfold list | head): click ends it quietly
            raise
        except OSError as error:
            self.console.finish()
            wrong_file = _wrong_file(error)
            self.console.problems([wrong_file])
            self.console.data({"problems": as_data([wrong_file])})
            code = 1
        except KeyboardInterrupt as stop:
            self.console.finish()
            self.console.warn("stopped; the next build completes what was begun")
            code = 128 + (signal.SIGTERM if isinstance(stop, _Terminated) else signal.SIGINT)
        self.console.finish()
        sys.exit(code)


class _Terminated(KeyboardInterrupt):
    """SIGTERM: a run ends as it does on Ctrl-C."""


def _terminate(*_: object) -> None:
    raise _Terminated


def _seconds(start: float) -> str:
    """How long it took since a moment."""
    return f"{time.monotonic() - start:.1f} s"


def _wrong_file(error: OSError) -> Problem:
    """What the system says of a file, as a problem."""
    return Problem(str(error.filename2 or error.filename or "files"), 0, error.strerror or str(error))


def _now(epoch: str) -> dt.datetime:
    """The moment that counts as now: SOURCE_DATE_EPOCH where it is set, else the clock, to the second."""
    if epoch and not re.fullmatch(r"-?\d{1,15}", epoch, re.ASCII):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}")
    try:
        return in_range(dt.datetime.fromtimestamp(int(epoch) if epoch else int(time.time()), dt.UTC))
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is out of range: {epoch}") from None


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="pressfold")
def commands() -> None:
    """Publish a digest of news about companies: articles in, a static site and its feeds out."""


_FLAGS = (
    click.option(
        "-s", "--site", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The site's folder."
    ),
    click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
    click.option("-v", "--verbose", is_flag=True, help="Say more."),
    click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for programs."),
    click.option("--no-color", is_flag=True, help="No colours."),
)


def _command(
    name: str, of: click.Group = commands, kind: type[click.Command] = click.Command, **attributes: Any
) -> Callable[[Callable[..., int]], Any]:
    """A command with the flags that all have; its function takes the run and its own arguments, and gives the exit code.

    A flag may stand before the name of a command within another too.
    """

    def made(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def invoke(site: Path, quiet: bool, verbose: bool, as_json: bool, no_color: bool, **given: Any) -> None:
            here = click.get_current_context()
            if here.invoked_subcommand:
                return
            above = here.parent.params if here.parent else {}
            if here.get_parameter_source("site") is ParameterSource.DEFAULT:
                site = above.get("site", site)
            flags = {"quiet": quiet, "verbose": verbose, "as_json": as_json, "no_color": no_color}
            run = _Run(site, *(flag or above.get(key, False) for key, flag in flags.items()))
            run.end(lambda: function(run, **given))

        flagged: Callable[..., None] = invoke
        for flag in reversed(_FLAGS):
            flagged = flag(flagged)
        return of.command(name=name, cls=kind, **attributes)(flagged)

    return made


_ALLOW_LOCAL = click.option("--allow-local", is_flag=True, help="Ask this machine and its own network too.")


def _network(allow_local: bool) -> "Network":
    """The network, by this machine's clock."""
    import random  # slow to load, as all that asks the network is

    from pressfold.fetch import Network

    return Network(clock=time.monotonic, sleep=time.sleep, chance=random.random, local=allow_local)


@_command("build")
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
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="How many processes (default: as many as there are cores)."
)
@click.option("--strict", is_flag=True, help="Fail also for what could not be imported.")
@click.option("--keep-going", is_flag=True, help="Build what can be built; still exit 1 when something is wrong.")
def build(run: _Run, output: Path | None, no_cache: bool, **given: Any) -> int:
    """Import what is new, then build the site into output/."""
    options = run.options(output=output and Path.cwd() / output, cache=not no_cache, **given)
    return tell(run.console, pipeline.build(options), run.seconds())


@_command("serve")
@click.option("--bind", default="127.0.0.1", help="The address to serve at (default: 127.0.0.1, this machine alone).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port (default: from 8000 on, the first free); 0: any free one."
)
@click.option("--open", "opening", is_flag=True, help="Open the site in the browser.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to write the site (default: a folder of .pressfold/).",
)
@click.option("-b", "--base-url", default="", help="The site's address (default: where it is served).")
@click.option("-D", "--drafts", is_flag=True, help="Show drafts too.")
@click.option("-F", "--future", is_flag=True, help="Show articles of the future too.")
def serve(
    run: _Run, bind: str, port: int | None, opening: bool, output: Path | None, base_url: str, **given: Any
) -> int:
    """Build the site and show it at an address of this machine; on every change build it again and reload its pages."""
    from pressfold import serve as preview  # its libraries are slow to load, and no other command needs them

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both ways to end it are one
    asked = run.options(preview=True, output=output and Path.cwd() / output, **given)
    pipeline.check(asked)
    with preview.listen(bind, port) as listener:
        address = preview.address(bind, listener)
        before: Outcome | None = None

        def build(still: Callable[[], None]) -> Outcome:
            nonlocal before

            def progress(what: str, done: int, whole: int) -> None:
                still()
                run.console.progress(what, done, whole)

            start = time.monotonic()
            try:
                now = run.options().now
                outcome = pipeline.build(replace(asked, now=now, base_url=base_url or address, progress=progress))
            except Problems as wrong:
                outcome = Outcome(problems=wrong.problems)
            except OSError as error:  # a file that went away while it was read: the next build knows
                outcome = Outcome(problems=(_wrong_file(error),))
            if before is None or is_news(outcome, before):
                tell(run.console, outcome, _seconds(start))
            before = outcome
            return outcome

        def ready() -> None:
            run.console.say(f"serving at {address} - Ctrl-C ends it")
            run.console.data({"address": address})
            if opening:
                import webbrowser

                webbrowser.open(address)

        try:
            preview.run(run.root, asked.folder, bind, listener, build, ready)
        except KeyboardInterrupt:
            run.console.finish()
            run.console.say("stopped")
    return 0


@_command("import")
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@click.option(
    "--again",
    multiple=True,
    metavar="FILE",
    help="Import a file of the inbox anew, its article deleted or never edited.",
)
@click.option("--strict", is_flag=True, help="Fail for what could not be imported.")
@_ALLOW_LOCAL
def import_(run: _Run, paths: Sequence[str], again: Sequence[str], strict: bool, allow_local: bool) -> int:
    """Turn what is new in content/inbox/ into articles; PATHS (- for standard input) are copied into it first, URLS fetched."""
    options = run.options(strict=strict)
    addresses = [path for path in paths if re.match(r"[a-z][a-z0-9+.-]*://", path, re.IGNORECASE)]
    files = [Path(path) for path in paths if path != "-" and path not in addresses]
    stream = sys.stdin.buffer if "-" in paths else None
    wanted = [name.replace("\\", "/").removeprefix("content/") for name in again]
    pages = pipeline.save(options, addresses, _network(allow_local)) if addresses else None
    return tell(run.console, pipeline.import_(options, files, wanted, stream, pages), run.seconds())


@_command("new")
@click.argument("title")
@click.option("--lang", default="", help="The article's language (default: the site's).")
@click.option("--company", "companies", multiple=True, help="A company that it is about; may be given again.")
def new(run: _Run, title: str, lang: str, companies: Sequence[str]) -> int:
    """Begin an article by hand: a draft with its id, to be written and published."""
    path = pipeline.new(run.options(), title, lang, companies)
    run.console.say(str(path))
    run.console.data({"article": str(path)})
    return 0


@_command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="A digest", help="The site's title.")
@click.option("--base-url", default="https://example.org/", help="The site's address.")
def init(run: _Run, folder: Path | None, title: str, base_url: str) -> int:
    """Make a new site in FOLDER."""
    options = run.options(root=folder.resolve() if folder else run.root)
    made = pipeline.init(options, title, base_url)
    run.console.say(f"a new site in {options.root}: put articles into content/inbox/, then run pressfold build")
    run.console.data({"made": list(made)})
    return 0


@_command("list")
@click.option("--drafts", is_flag=True, help="Only drafts.")
@click.option("--held", is_flag=True, help="Only what is held back: drafts, and articles of the future.")
@click.option("--review", is_flag=True, help="Only what waits for a person to confirm.")
def list_(run: _Run, drafts: bool, held: bool, review: bool) -> int:
    """List the articles, newest first."""
    published, waiting, problems = pipeline.listing(run.options())
    chosen = [
        a
        for a in (*waiting, *(() if held or drafts else published))
        if (a.draft or not drafts) and (a.review or not review)
    ]
    later = {a.id for a in waiting}
    for a in chosen:
        marks = [
            *(["draft"] if a.draft else []),
            *(["held back"] if a.id in later and not a.draft else []),
            *([f"review: {', '.join(a.review)}"] if a.review else []),
        ]
        note = f"  ({'; '.join(marks)})" if marks else ""
        run.console.say(f"{a.day}  {a.lang:<3} {', '.join(a.companies) or '-'}  {a.title}{note}\n            {a.path}")
    run.console.problems(problems)
    run.console.data({
        "articles": [
            {"path": a.path, "id": a.id, "title": a.title, "lang": a.lang, "companies": list(a.companies), "story": a.story or None,
             "date": a.day, "draft": a.draft, "held_back": a.id in later, "review": list(a.review)}
            for a in chosen
        ],
        "problems": as_data(problems),
    })  # fmt: skip
    return 1 if problems else 0


@_command("clean")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The site's output (default: output/ of the site)."
)
def clean(run: _Run, output: Path | None) -> int:
    """Delete what builds wrote, and nothing else."""
    gone = pipeline.clean(run.options(output=output and Path.cwd() / output))
    run.console.say(f"{len(gone)} deleted in {run.seconds()}")
    run.console.data({"deleted": list(gone)})
    return 0


@_command("fetch")
@click.argument("names", nargs=-1)
@click.option("--strict", is_flag=True, help="Fail when any source fails, and for what could not be imported.")
@_ALLOW_LOCAL
def fetch(run: _Run, names: Sequence[str], strict: bool, allow_local: bool) -> int:
    """Fetch the feeds of the sources with these NAMES, of all without any, and import what is new."""
    fetched, outcome = pipeline.fetch(run.options(strict=strict), names, _network(allow_local))
    run.console.finish()
    return tell(run.console, outcome, run.seconds(), tell_fetched(run.console, fetched, outcome.problems))


@_command("companies", kind=click.Group, invoke_without_command=True)
@click.option("--least", type=click.IntRange(1), default=3, help="In how many articles a name must stand (default: 3).")
def companies(run: _Run, least: int) -> int:
    """List names that stand often in the articles and that no list knows, or say more of companies."""
    found = pipeline.unknown_names(run.options(), least)
    run.console.finish()
    for one in found:
        marked = f", {one.marked} as a company's" if one.marked else ""
        run.console.say(f"{one.articles:>5}  {one.name}  [{' '.join(one.languages)}]{marked}")
        run.console.say(f"       {one.words}\n       {one.path}")
        run.console.detail(f"       also: {', '.join(one.forms[1:])}" if one.forms[1:] else "       in one form alone")
    run.console.say(f"{len(found)} names in {run.seconds()}; pressfold companies add NAME makes one a company")
    run.console.data({"names": [msgspec.to_builtins(one) for one in found]})
    return 0


_DRY = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


@_command("add", of=companies)
@click.argument("name")
@click.option("--slug", default="", help="The company's address (default: the name's words).")
@click.option("--alias", "aliases", multiple=True, help="Another sure name; may be given again.")
@click.option("--support", multiple=True, help="A name that proves the company is meant; may be given again.")
@click.option("--not", "vetoes", multiple=True, metavar="PHRASE", help="A phrase in which the name is something else.")
@click.option("--word", is_flag=True, help="The name is an ordinary word: it counts only with support.")
@click.option("--platform", is_flag=True, help="It is often named only as the place of a posting.")
@_DRY
def companies_add(run: _Run, name: str, dry_run: bool, **given: Any) -> int:
    """Make NAME a company, or say more of one, and read the articles again that name it."""
    from pressfold.declare import Wanted

    declared, found = pipeline.declare(run.options(), Wanted(name=name, **given), dry=dry_run)
    run.console.finish()
    run.console.say(f"{declared.path}: {'would say' if dry_run else 'says'} {declared.company.name}")
    return tell_reread(run.console, found, run.seconds(), dry=dry_run, file=declared.path)


@_command("read", of=companies)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@_DRY
def companies_read(run: _Run, slugs: Sequence[str], dry_run: bool) -> int:
    """Read the articles again that name a company, after a change of its file (default: of every file)."""
    return tell_reread(run.console, pipeline.reread(run.options(), slugs, dry=dry_run), run.seconds(), dry=dry_run)


@_command("rename", of=companies)
@click.argument("old")
@click.argument("new")
def companies_rename(run: _Run, old: str, new: str) -> int:
    """Give company OLD the slug NEW, or make it part of the company that has it; OLD's addresses lead there."""
    declared = pipeline.rename(run.options(), old, new)
    run.console.say(f"{declared.path}: {old} is {declared.company.slug} now")
    run.console.data({"file": declared.path, "gone": declared.gone or None})
    return 0


@_command("stories")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Only joins that are so sure, from 0 to 1.")
@click.option("--accept", default="", metavar="NUMBERS", help="Join these: 1,3 or all.")
@click.option("--refuse", default="", metavar="NUMBERS", help="Keep these apart, and never propose them again.")
def stories(run: _Run, least: float, accept: str, refuse: str) -> int:
    """Propose which articles tell one story though they are not joined, the most sure first."""
    every = accept.strip() == "all"
    judged = pipeline.stories(run.options(), least, None if every else _numbers(accept), _numbers(refuse))
    run.console.finish()
    tell_joins(run.console, judged, asked=not (accept or refuse))
    return 0


def _numbers(text: str) -> list[int]:
    if not re.fullmatch(r"\s*(\d{1,9}(\s*,\s*\d{1,9})*)?\s*", text, re.ASCII):
        raise click.UsageError(f"no numbers: {text!r}; write 1,3")
    return [int(number) for number in re.findall(r"\d+", text)]


@_command("explain")
@click.argument("article")
def explain(run: _Run, article: str) -> int:
    """Say why ARTICLE (its file, address or id, or a raw file) is as it is: what was decided, how surely, and by what."""
    tell_explained(run.console, pipeline.explain(run.options(), article))
    return 0


@_command("check")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="What to check (default: output/ of the site).")
@click.option("-b", "--base-url", default="", help="The address that it was built for, instead of config.yaml's.")
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="How many processes (default: as many as there are cores)."
)
@click.option("--strict", is_flag=True, help="Fail also for warnings.")
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The site as it was published last: no id in its feeds may have changed.",
)
def check(run: _Run, output: Path | None, against: Path | None, **given: Any) -> int:
    """Audit the site that was built: links, feeds, ids, the list of files, and what its host takes."""
    options = run.options(output=output and Path.cwd() / output, **given)
    return tell_audit(run.console, pipeline.audit(options, against), run.seconds(), strict=options.strict)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script. Text goes out as UTF-8 whatever the system's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    commands(args=arguments, prog_name="pressfold")
