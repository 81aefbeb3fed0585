"""The console script, and `python -m pressfold`."""

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    # What a run loads and holds it needs to its end, and the collector would go through all of that again and again: it
    # would take a tenth of the start alone.
    gc.set_threshold(50_000, 20, 100)
    from pressfold import cli

    try:
        cli.main(arguments)
    finally:
        gc.freeze()  # as it ends, Python would look once more for what nobody needs, in all that is left


if __name__ == "__main__":
    main()
