"""The commands of someone who writes: init, new, list."""

from collections.abc import Sequence
from pathlib import Path

import click

from pressfold.cli.run import Run, command
from pressfold.pipeline import writing
from pressfold.tell import as_data


@command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="A digest", help="The site's title.")
@click.option("--base-url", default="https://example.org/", help="The site's address.")
def init(run: Run, folder: Path | None, title: str, base_url: str) -> int:
    """Make a new site in FOLDER."""
    options = run.options(root=folder.resolve() if folder else run.root)
    made = writing.init(options, title, base_url)
    run.console.say(f"a new site in {options.root}: put articles into content/inbox/, then run pressfold build")
    run.console.data({"made": list(made)})
    return 0


@command("new")
@click.argument("title")
@click.option("--lang", default="", help="The article's language (default: the site's).")
@click.option("--company", "companies", multiple=True, help="A company that it is about; may be given again.")
def new(run: Run, title: str, lang: str, companies: Sequence[str]) -> int:
    """Begin an article by hand: a draft with its id, to be written and published."""
    path = writing.new(run.options(), title, lang, companies)
    run.console.say(str(path))
    run.console.data({"article": str(path)})
    return 0


@command("list")
@click.option("--drafts", is_flag=True, help="Only drafts.")
@click.option("--held", is_flag=True, help="Only what is held back: drafts, and articles of the future.")
@click.option("--review", is_flag=True, help="Only what waits for a person to confirm.")
def list_(run: Run, drafts: bool, held: bool, review: bool) -> int:
    """List the articles, newest first."""
    published, waiting, problems = writing.listing(run.options())
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
