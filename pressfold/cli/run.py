"""What every command is run in: its flags, its console, its clock, and how it ends."""

import datetime as dt
import functools
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from pressfold import __version__
from pressfold.console import Console
from pressfold.moment import in_range
from pressfold.options import Options
from pressfold.problem import Problem, Problems
from pressfold.tell import as_data

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Run:
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
        return seconds(self.start)

    def end(self, work: Callable[[], int]) -> None:
        """Run the command; every way to fail that a user can cause ends in a line and exit 1."""
        signal.signal(signal.SIGTERM, _terminate)
        sys.unraisablehook = _told_again
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
            broken = wrong_file(error)
            self.console.problems([broken])
            self.console.data({"problems": as_data([broken])})
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


_SOON = 0.01  # seconds, in which a finalizer has ended


def _told_again(lost: Any) -> None:
    """Tell a run again to stop where the first time fell into a finalizer: of what these raise Python only writes a line."""
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import _thread
    import threading

    def tell() -> None:
        if hasattr(signal, "pthread_kill"):  # wakes the run from a wait, which the other does not
            signal.pthread_kill(threading.main_thread().ident or 0, sign)
        else:
            _thread.interrupt_main(sign)

    sign = signal.SIGTERM if issubclass(lost.exc_type, _Terminated) else signal.SIGINT
    threading.Timer(_SOON, tell).start()


def seconds(start: float) -> str:
    """How long it took since a moment."""
    return f"{time.monotonic() - start:.1f} s"


def wrong_file(error: OSError) -> Problem:
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


def command(
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
            run = Run(site, *(flag or above.get(key, False) for key, flag in flags.items()))
            run.end(lambda: function(run, **given))

        flagged: Callable[..., None] = invoke
        for flag in reversed(_FLAGS):
            flagged = flag(flagged)
        return of.command(name=name, cls=kind, **attributes)(flagged)

    return made
