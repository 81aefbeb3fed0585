"""A large archive of made-up news as prints, by rule from a seed: three companies are in most of it, many articles lack a date.

What prints of real news share by chance these share too: round numbers, a company's own people, cities, stock phrases.
One article in eight tells an earlier event again.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressfold.prints import Print
from pressfold.slug import Slug
from pressfold.told import Told

LANGUAGES = ("en", "de", "pl", "ar", "fr")
COMPANIES = [f"company-{number}" for number in range(200)]
_SHARES = [30, 20, 10] + [40 / 197] * 197  # per cent of all articles
_START, _DAYS = 736_000, 8 * 365
_UNDATED = 0.4
_RETOLD = 0.125
_RECENT = 400  # events that may still be told again


@dataclass(frozen=True)
class Event:
    """What happened: the telling that a story is named for, and what may be told of it."""

    name: str
    company: str
    day: int
    numbers: Sequence[str]
    names: Sequence[str]


def tellings(count: int, seed: int = 1) -> Iterator[tuple[Told, str]]:
    """So many articles as they arrive, each with the event that it tells."""
    dice = random.Random(seed)
    events: list[Event] = []
    for number in range(count):
        if events and dice.random() < _RETOLD:
            event = dice.choice(events)
        else:
            event = _event(dice, f"a-{number}", _START + _DAYS * number // count)
            events = [*events[-_RECENT:], event]
        yield _told(dice, f"a-{number}", event), event.name


def _event(dice: random.Random, name: str, day: int) -> Event:
    company = dice.choices(COMPANIES, _SHARES)[0]
    round_ = {str(10 * dice.randint(1, 20)) for _ in range(3)} | {str(dice.randint(11, 99)) for _ in range(3)}
    rare = {str(dice.randint(1000, 10**6)) for _ in range(3)}
    people = {f"{company}-{int(dice.paretovariate(0.7)) % 40}" for _ in range(3)}
    places = {f"city-{int(dice.paretovariate(0.5)) % 3000}" for _ in range(4)}
    others = {f"person-{dice.randrange(10**6)}" for _ in range(4)}
    return Event(name, company, day, sorted(round_ | rare), sorted(people | places | others))


def _told(dice: random.Random, name: str, event: Event) -> Told:
    numbers = dice.sample(event.numbers, len(event.numbers) - dice.randint(0, 1))
    names = dice.sample(event.names, len(event.names) - dice.randint(0, 2))
    stock = {8 * int(dice.paretovariate(0.4)) % 16_000 for _ in range(12)}
    own = {8 * dice.randrange(2**29) for _ in range(40)}
    features = {
        "number": tuple(sorted(numbers)),
        "name": tuple(sorted(names)),
        "sound": (),
        "company": (event.company,),
    }
    return Told(
        path=f"content/articles/2026/01/{name}.md",
        id=f"urn:test:{dice.getrandbits(64):016x}",
        print=Print(
            dice.choice(LANGUAGES),
            (event.company, dice.choice(COMPANIES)),
            features,
            {stem: stem for stem in names},
            tuple(sorted(stock | own)),
        ),
        story=Slug(name),
        day=0 if dice.random() < _UNDATED else event.day + dice.randint(0, 3),
    )
