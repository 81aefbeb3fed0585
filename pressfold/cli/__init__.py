"""The command line: arguments, clock and environment in; messages and exit code out. Nothing else prints or exits."""

import sys
from collections.abc import Sequence

from pressfold.cli import building, companies, importing, publishing, stories, writing
from pressfold.cli.run import commands

__all__ = ["building", "commands", "companies", "importing", "main", "publishing", "stories", "writing"]


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script. Text goes out as UTF-8 whatever the system's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    commands(args=arguments, prog_name="pressfold")
