"""Made-up news told two or three times in many languages, beside hard negatives: which tellings find each other."""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from pressfold.fingerprint import Print, fingerprint
from pressfold.language import Tag
from pressfold.slug import Slug
from pressfold.story import Shelf, Told

STORIES = Path(__file__).parent / "stories"

# What was measured over pairs when the corpus was written, rounded down. A floor may rise, and never sinks.
PRECISION = 1.0
RECALL = 0.9


@dataclass(frozen=True, slots=True)
class Telling:
    name: str
    story: str
    print: Print


def tellings() -> list[Telling]:
    """The tellings in the order of the index, with the companies that it gives."""
    found: list[Telling] = []
    for entry in yaml.safe_load((STORIES / "stories.yaml").read_text("utf-8")):
        title, body = (STORIES / entry["file"]).read_text("utf-8").split("\n\n", 1)
        made = fingerprint(title, body, Tag(entry["lang"]), entry["companies"])
        found.append(Telling(entry["file"].removesuffix(".txt"), entry["story"], made))
    return found


def joined(arriving: list[Telling]) -> dict[str, Slug]:
    """The story that each telling is given when they arrive one after the other."""
    shelf = Shelf()
    given: dict[str, Slug] = {}
    for telling in arriving:
        match = shelf.match(telling.name, telling.print, None)
        given[telling.name] = match.story if match else Slug(telling.name)
        shelf.add(Told(telling.name, given[telling.name], None, telling.print))
    return given


def test_the_index_lists_every_text_once() -> None:
    named = [entry["file"] for entry in yaml.safe_load((STORIES / "stories.yaml").read_text("utf-8"))]
    assert sorted(named) == sorted(file.name for file in STORIES.glob("*.txt"))


def test_tellings_find_their_story() -> None:
    all_ = tellings()
    given = joined(all_)
    right: list[str] = []
    wrong: list[str] = []
    missed: list[str] = []
    for one, other in combinations(all_, 2):
        together = given[one.name] == given[other.name]
        if together or one.story == other.story:
            kind = missed if not together else right if one.story == other.story else wrong
            kind.append(f"{one.name} + {other.name}")
    precision = len(right) / (len(right) + len(wrong)) if right or wrong else 1.0
    recall = len(right) / (len(right) + len(missed))
    told = "\n".join(["joined wrongly:", *wrong, "missed:", *missed])
    assert precision >= PRECISION, f"precision {precision:.3f}\n{told}"
    assert recall >= RECALL, f"recall {recall:.3f}\n{told}"
