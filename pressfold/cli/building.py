"""The commands that make a site of what is there: build, serve, check, clean."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from pressfold.cli.run import Run, command, seconds, wrong_file
from pressfold.console import Console
from pressfold.options import Outcome
from pressfold.pipeline import building, hosting
from pressfold.problem import Problems
from pressfold.tell import as_data, is_news, tell

if TYPE_CHECKING:
    from pressfold.check import Audit


@command("build")
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
def build(run: Run, output: Path | None, no_cache: bool, **given: Any) -> int:
    """Import what is new, then build the site into output/."""
    options = run.options(output=output and Path.cwd() / output, cache=not no_cache, **given)
    return tell(run.console, building.build(options), run.seconds())


@command("serve")
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
    run: Run, bind: str, port: int | None, opening: bool, output: Path | None, base_url: str, **given: Any
) -> int:
    """Build the site and show it at an address of this machine; on every change build it again and reload its pages."""
    from pressfold import serve as preview  # its libraries are slow to load, and no other command needs them

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both ways to end it are one
    asked = run.options(preview=True, output=output and Path.cwd() / output, **given)
    building.check(asked)
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
                outcome = building.build(replace(asked, now=now, base_url=base_url or address, progress=progress))
            except Problems as wrong:
                outcome = Outcome(problems=wrong.problems)
            except OSError as error:  # a file that went away while it was read: the next build knows
                outcome = Outcome(problems=(wrong_file(error),))
            if before is None or is_news(outcome, before):
                tell(run.console, outcome, seconds(start))
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


@command("check")
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
def check(run: Run, output: Path | None, against: Path | None, **given: Any) -> int:
    """Audit the site that was built: links, feeds, ids, the list of files, and what its host takes."""
    options = run.options(output=output and Path.cwd() / output, **given)
    return tell_audit(run.console, hosting.audit(options, against), run.seconds(), strict=options.strict)


def tell_audit(console: Console, audit: "Audit", seconds: str, *, strict: bool) -> int:
    """Say what an audit found; the exit code."""
    console.finish()
    for one in audit.findings:
        console.problem(str(one), failing=strict or not one.warning)
    wrong, doubtful = len(audit.wrong), len(audit.findings) - len(audit.wrong)
    counts = {"checked": audit.files, "problems": wrong, "warnings": doubtful}
    said = [f"{audit.files} files checked"]
    said += [
        f"{count} {word}{'s' if count != 1 else ''}" for word, count in (("problem", wrong), ("warning", doubtful))
    ]
    console.say(", ".join(said) + f" in {seconds}")
    console.data(
        {
            "findings": [
                {**data, "warning": one.warning, "more": one.more}
                for one, data in zip(audit.findings, as_data(one.problem for one in audit.findings), strict=True)
            ],
            "counts": counts,
        }
    )
    return 1 if wrong or (strict and doubtful) else 0


@command("clean")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The site's output (default: output/ of the site)."
)
def clean(run: Run, output: Path | None) -> int:
    """Delete what builds wrote, and nothing else."""
    gone = building.clean(run.options(output=output and Path.cwd() / output))
    run.console.say(f"{len(gone)} deleted in {run.seconds()}")
    run.console.data({"deleted": list(gone)})
    return 0
