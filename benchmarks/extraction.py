"""How much of an article Pressfold finds in a web page, beside trafilatura alone, by a public benchmark's own scorer.

The benchmark is a folder that you bring: a copy of github.com/scrapinghub/article-extraction-benchmark. Its pages are other
people's, and are not kept here.
"""

import argparse
import gzip
import importlib.util
import json
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pressfold.ingest import html
from pressfold.ingest.draft import Unreadable

ROUNDS = 1000  # samples drawn for the standard deviations, as the benchmark does


def pressfold(page: bytes) -> str:
    """The article as Pressfold's importer reads it, a line a block; nothing where it refuses the page."""
    try:
        return "\n".join(block.text for block in html.extract(page).blocks)
    except Unreadable:
        return ""


def alone(page: bytes) -> str:
    """The article as the benchmark has trafilatura extract it."""
    import trafilatura

    return trafilatura.extract(page.decode("utf-8"), include_comments=False) or ""


def scorer(folder: Path) -> Any:
    """The benchmark's own `evaluate.py`."""
    spec = importlib.util.spec_from_file_location("evaluate", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(folder: Path) -> dict[str, bytes]:
    """The benchmark's pages by their names."""
    return {
        path.name.partition(".")[0]: gzip.decompress(path.read_bytes())
        for path in sorted((folder / "html").glob("*.html.gz"))
    }


def measure(folder: Path, extract: Callable[[bytes], str]) -> tuple[Mapping[str, float], float]:
    """(the benchmark's figures, pages a second of one core)."""
    found = pages(folder)
    extract(next(iter(found.values())))  # what is loaded once is no page's cost
    start = time.process_time()
    predicted = {name: {"articleBody": extract(page)} for name, page in found.items()}
    speed = len(found) / (time.process_time() - start)
    random.seed(0)
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return scorer(folder).evaluate(truth, predicted, ROUNDS), speed


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a copy of the benchmark")
    folder = parser.parse_args().folder
    print("| | F1 | precision | recall | pages/s |\n|---|--:|--:|--:|--:|")
    for name, extract in (("trafilatura", alone), ("pressfold", pressfold)):
        found, speed = measure(folder, extract)
        figures = " | ".join(f"{found[key]:.4f} ± {found[key + '_std']:.4f}" for key in ("f1", "precision", "recall"))
        print(f"| {name} | {figures} | {speed:.0f} |")


if __name__ == "__main__":
    main()
