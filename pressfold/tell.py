"""What an import or a build came to, told: to a person line by line, to a program as JSON."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from pressfold.console import Console
from pressfold.options import Outcome
from pressfold.problem import Problem

if TYPE_CHECKING:
    from pressfold.check import Audit
    from pressfold.explain import Explained
    from pressfold.fetch import Fetched
    from pressfold.joining import Judged
    from pressfold.reread import Reread


_NOTHING: Mapping[str, Any] = MappingProxyType({})


def tell(console: Console, outcome: Outcome, seconds: str, more: Mapping[str, Any] = _NOTHING) -> int:
    """Say what an import or a build did; the exit code. `more` is what a program is told besides."""
    intake = outcome.intake
    console.finish()
    for done in intake.imported if intake else ():
        unsure = f"  to review: {', '.join(done.review)}" if done.review else ""
        followed = "" if done.changed is None else f"  changed: {', '.join(done.changed) or 'nothing'}"
        console.say(f"{done.file} -> {done.article}  [{done.lang}]{followed}{unsure}")
        if done.told:
            console.say(f"  {done.told}")
        for line, role, text in done.left_out:
            console.detail(f"  left out{f', line {line}' if line else ''} ({role}): {text}")
    for same in intake.same if intake else ():
        console.say(f"{same.file} is {same.article}{f', imported from {same.first}' if same.first else ''}")
    refused = intake.refused if intake else ()
    console.problems([problem for problem in refused if problem not in outcome.problems], failing=False)
    console.problems(outcome.problems)
    for note in outcome.notes:
        console.warn(note)
    for article in outcome.held:
        console.detail(f"held back: {article.path} ({'draft' if article.draft else f'dated {article.date}'})")
    parts = _counts(outcome)
    if outcome.building and outcome.report is None:
        count = len(outcome.problems)
        console.warn(f"{count} problem{'s' if count != 1 else ''}; nothing was written to the site")
    else:
        console.say(", ".join(f"{count} {word}" for word, count in parts.items()) + f" in {seconds}")
    console.data(
        {
            **more,
            "imported": [
                {"file": i.file, "article": i.article, "review": list(i.review), "story": i.told, "changed": i.changed}
                for i in (intake.imported if intake else ())
            ],
            "same": [{"file": s.file, "article": s.article, "first": s.first} for s in (intake.same if intake else ())],
            "refused": as_data(refused),
            "problems": as_data(outcome.problems),
            "held_back": [article.path for article in outcome.held],
            "counts": parts,
        }
    )
    return 1 if outcome.problems else 0


def tell_fetched(console: Console, fetched: Sequence["Fetched"], failing: Collection[Problem]) -> dict[str, Any]:
    """Say what came of each source, in a line; the same for a program. `failing` are problems that are told elsewhere."""
    for one in fetched:
        if one.state == "failed":
            console.problems([one.problem] if one.problem not in failing else (), failing=False)
            continue
        size = f", {max(1, one.size // 1024)} KB -> {one.file}" if one.state != "unchanged" else ""
        moved = f"  moved for good to {one.moved}" if one.moved else ""
        console.say(f"{one.name}: {one.state}{size}{moved}")
    names = ("name", "url", "state", "file", "moved", "reason")
    return {"fetched": [{name: getattr(one, name) for name in names} for one in fetched]}


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


def tell_joins(console: Console, judged: "Judged", *, asked: bool) -> None:
    """Say which joins are proposed, or (where not only that was asked) what became of them."""
    for number, join in judged.proposed.items() if asked else ():
        console.say(f"{number}  {join.confidence:.2f}  {join.story}")
        for told in join.tellings:
            console.say(f"   {told.path}  [{told.print.lang}]  {told.title}")
        for reasons in join.reasons:
            console.say(f"   shared: {reasons}")
    for path in judged.joined:
        console.say(f"joined: {path}")
    for one, other in judged.apart:
        console.say(f"kept apart: {one}, {other}")
    parts = (
        {"proposed": len(judged.proposed)} if asked else {"joined": len(judged.joined), "kept apart": len(judged.apart)}
    )
    console.say(", ".join(f"{count} {word}" for word, count in parts.items()))
    console.data({
        "proposed": [
            {
                "number": number,
                "confidence": join.confidence,
                "story": join.story,
                "articles": [{"path": t.path, "lang": t.print.lang, "title": t.title, "story": t.story} for t in join.tellings],
                "reasons": list(join.reasons),
            }
            for number, join in judged.proposed.items()
        ],
        "joined": list(judged.joined),
        "kept_apart": [list(slugs) for slugs in judged.apart],
    })  # fmt: skip


def tell_explained(console: Console, found: "Sequence[Explained]") -> None:
    """Say why articles are as they are."""
    for one in found:
        entry = one.entry
        console.say(entry.article if one.article else f"{entry.article}  (is not there)")
        console.say(f"  from       {entry.file}, added {entry.added}")
        if entry.same_as:
            console.say("  the same   as an article that was here")
        for key, value in entry.sure.items():
            said = entry.fields.get(key, "") if key != "body" else ""
            mine = "  (edited since)" if key in one.edited else ""
            console.say(f"  {key:<10} {value:.2f}  {_field(said)}{mine}")
        for slug, places in entry.named.items():
            words = "; ".join(f"{words!r} in {f'paragraph {at}' if at else 'the title'}" for words, at in places)
            console.say(f"  named      {slug}: {words}")
        if entry.why:
            console.say(f"  story      shared: {entry.why}")
        for role, lines in entry.left_out.items():
            console.say(f"  left out   {role}: {len(lines)}{_lines(lines)}")
    console.data({
        "articles": [
            {**msgspec.to_builtins(one.entry), "edited": list(one.edited), "there": one.article is not None} for one in found
        ]
    })  # fmt: skip


def _field(said: object) -> str:
    parts = said.values() if isinstance(said, Mapping) else said if isinstance(said, list) else [said]
    return ", ".join(str(part) for part in parts)[:100]


def _lines(lines: Sequence[int]) -> str:
    known = [str(line) for line in lines if line]
    return f" (line{'s' if len(known) > 1 else ''} {', '.join(known)})" if known else ""


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


def is_news(outcome: Outcome, before: Outcome) -> bool:
    """Whether a build did anything, or has other things to complain of than the build before it."""
    report, intake = outcome.report, outcome.intake
    did = (report and (report.written or report.deleted)) or (intake and (intake.imported or intake.same))
    return bool(did) or _complaints(outcome) != _complaints(before)


def _complaints(outcome: Outcome) -> tuple[object, ...]:
    return outcome.problems, outcome.intake.refused if outcome.intake else (), outcome.notes


def _counts(outcome: Outcome) -> dict[str, int]:
    parts: dict[str, int] = {}
    if outcome.intake:
        parts["imported"] = len(outcome.intake.imported)
        if outcome.intake.same:
            parts["here already"] = len(outcome.intake.same)
        if outcome.intake.refused:
            parts["not imported"] = len(outcome.intake.refused)
    if outcome.report is None:
        parts["known already"] = outcome.intake.known if outcome.intake else 0
    else:
        parts |= {
            "written": len(outcome.report.written),
            "unchanged": outcome.report.unchanged,
            "deleted": len(outcome.report.deleted),
            "held back": len(outcome.held),
        }
    return parts


def as_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems for a program to read."""
    return [{"path": p.path, "line": p.line, "message": p.message, "hint": p.hint} for p in problems]
