"""The command companies: names that no list knows; companies added, read again and renamed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from pressfold.cli.run import Run, command
from pressfold.console import Console
from pressfold.pipeline import companies as story
from pressfold.site import NO_COMPANIES

if TYPE_CHECKING:
    from pressfold.reread import Reread


@command("companies", kind=click.Group, invoke_without_command=True)
@click.option("--least", type=click.IntRange(1), default=3, help="In how many articles a name must stand (default: 3).")
def companies(run: Run, least: int) -> int:
    """List names that stand often in the articles and that no list knows, or say more of companies."""
    found = story.unknown_names(run.options(), least)
    run.console.finish()
    for one in found:
        marked = f", {one.marked} as a company's" if one.marked else ""
        run.console.say(f"{one.articles:>5}  {one.name}  [{' '.join(one.languages)}]{marked}")
        run.console.say(f"       {one.words}\n       {one.path}")
        run.console.detail(f"       also: {', '.join(one.forms[1:])}" if one.forms[1:] else "       in one form alone")
    run.console.say(
        f"{len(found)} names in {run.seconds()}; pressfold companies add NAME makes one a company, dismiss NAME none"
    )
    run.console.data({"names": [msgspec.to_builtins(one) for one in found]})
    return 0


@command("dismiss", of=companies)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def companies_dismiss(run: Run, names: Sequence[str]) -> int:
    """Say that these NAMES are no company's: they stand in the queue no more."""
    story.dismiss(run.options(), names)
    run.console.say(f"{NO_COMPANIES}: {', '.join(names)}")
    run.console.data({"file": NO_COMPANIES, "names": list(names)})
    return 0


_DRY = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


@command("add", of=companies)
@click.argument("name")
@click.option("--slug", default="", help="The company's address (default: the name's words).")
@click.option("--alias", "aliases", multiple=True, help="Another sure name; may be given again.")
@click.option("--support", multiple=True, help="A name that proves the company is meant; may be given again.")
@click.option("--not", "vetoes", multiple=True, metavar="PHRASE", help="A phrase in which the name is something else.")
@click.option("--word", is_flag=True, help="The name is an ordinary word: it counts only with support.")
@click.option("--platform", is_flag=True, help="It is often named only as the place of a posting.")
@_DRY
def companies_add(run: Run, name: str, dry_run: bool, **given: Any) -> int:
    """Make NAME a company, or say more of one, and read the articles again that name it."""
    from pressfold.declare import Wanted

    declared, found = story.declare(run.options(), Wanted(name=name, **given), dry=dry_run)
    run.console.finish()
    run.console.say(f"{declared.path}: {'would say' if dry_run else 'says'} {declared.company.name}")
    return tell_reread(run.console, found, run.seconds(), dry=dry_run, file=declared.path)


@command("read", of=companies)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@_DRY
def companies_read(run: Run, slugs: Sequence[str], dry_run: bool) -> int:
    """Read the articles again that name a company, after a change of its file (default: of every file)."""
    return tell_reread(run.console, story.reread(run.options(), slugs, dry=dry_run), run.seconds(), dry=dry_run)


@command("rename", of=companies)
@click.argument("old")
@click.argument("new")
def companies_rename(run: Run, old: str, new: str) -> int:
    """Give company OLD the slug NEW, or make it part of the company that has it; OLD's addresses lead there."""
    declared = story.rename(run.options(), old, new)
    run.console.say(f"{declared.path}: {old} is {declared.company.slug} now")
    run.console.data({"file": declared.path, "gone": declared.gone or None})
    return 0


def tell_reread(console: Console, found: "Sequence[Reread]", seconds: str, *, dry: bool, file: str = "") -> int:
    """Say what reading articles again came to; the exit code."""
    console.finish()
    for one in found:
        for key in one.after:
            if one.before[key] != one.after[key]:
                console.say(f"{one.path}: {key}: {_list(one.before[key])} -> {_list(one.after[key])}{_kept(one)}")
    followed = sum(not one.kept for one in found)
    word = "would follow" if dry else "followed"
    console.say(
        f"{followed} {'article' if followed == 1 else 'articles'} {word}, {len(found) - followed} left in {seconds}"
    )
    articles = [{"path": o.path, "before": o.before, "after": o.after, "kept": o.kept or None} for o in found]
    console.data({**({"file": file} if file else {}), "articles": articles, "dry": dry})
    return 0


def _list(slugs: Sequence[str]) -> str:
    return ", ".join(slugs) or "none"


def _kept(one: "Reread") -> str:
    return f"  (not written: {one.kept})" if one.kept else ""
