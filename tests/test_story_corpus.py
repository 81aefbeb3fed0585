"""Made-up news told two or three times in many languages, beside hard negatives: which tellings find each other."""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml
from msgspec.structs import replace

from pressfold.language import Tag
from pressfold.prints import Print, print_of
from pressfold.shelf import Shelf
from pressfold.slug import Slug
from pressfold.survey import UNKNOWN, Seen
from pressfold.told import Told

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
        made = print_of(title, body, Tag(entry["lang"]), entry["companies"])
        found.append(Telling(entry["file"].removesuffix(".txt"), entry["story"], made))
    return found


def joined(arriving: list[Telling], shelf: Shelf) -> dict[str, Slug]:
    """The story that each telling is given when they arrive one after the other."""
    given: dict[str, Slug] = {}
    for telling in arriving:
        newcomer = Told(path=f"content/articles/{telling.name}.md", id=telling.name, print=telling.print)
        match = shelf.match(newcomer)
        given[telling.name] = match.story if match else Slug(telling.name)
        shelf.put([(replace(newcomer, story=given[telling.name]), Seen(UNKNOWN, ""))])
    return given


def test_the_index_lists_every_text_once() -> None:
    named = [entry["file"] for entry in yaml.safe_load((STORIES / "stories.yaml").read_text("utf-8"))]
    assert sorted(named) == sorted(file.name for file in STORIES.glob("*.txt"))


def test_tellings_find_their_story(shelf: Shelf) -> None:
    all_ = tellings()
    given = joined(all_, shelf)
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
