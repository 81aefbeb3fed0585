"""A company's file: begun, added to with no other byte touched, given another slug, joined with another."""

from pathlib import Path

import pytest

from pressfold import content
from pressfold.declare import Declared, Wanted, declare, rename
from pressfold.problem import Problem, Problems
from pressfold.registry import Registry
from tests.conftest import write

ACME = "content/companies/acme.md"


def _site(folder: Path, **files: str) -> Registry:
    write(folder, {f"content/companies/{slug.replace('_', '-')}.md": text for slug, text in files.items()})
    return content.companies_of(folder)


def _declared(folder: Path, known: Registry, name: str, **given: object) -> Declared:
    declared = declare(folder, known, Wanted(name=name, **given))  # type: ignore[arg-type]
    declared.write(folder)
    return declared


def _problem(run: object) -> Problem:
    with pytest.raises(Problems) as raised:
        run()  # type: ignore[operator]
    (problem,) = raised.value.problems
    return problem


def test_new_company_is_written_in_a_stable_order(tmp_path: Path) -> None:
    given = {
        "aliases": ("Acme Corp", "أكمي"),
        "support": ("Jo Doe",),
        "vetoes": ("Acme Hill",),
        "word": True,
        "platform": True,
    }
    declared = _declared(tmp_path, _site(tmp_path), "Acme", **given)
    assert (tmp_path / ACME).read_text("utf-8") == (
        "---\nname: Acme\naliases: [Acme Corp, أكمي]\nsupport: [Jo Doe]\nnot: [Acme Hill]\nword: true\nplatform: true\n---\n"
    )
    assert (declared.company.doubtful, declared.company.aliases) == (("Acme",), ("Acme Corp", "أكمي"))


def test_file_that_is_there_keeps_its_other_bytes(tmp_path: Path) -> None:
    before = "---\n# ours\nname: Acme\nplatform: true  # yes\nsupport:\n  - Jo Doe\nlinks: {A: https://a.example/}\n---\n\nText.\n"
    known = _site(tmp_path, acme=before)
    _declared(tmp_path, known, "Acme", aliases=("Acme Inc", "Acme"), support=("Jo Doe",))
    after = (tmp_path / ACME).read_text("utf-8")
    assert after == before.replace("platform: true", "aliases: [Acme Inc]\nplatform: true") or after == before.replace(
        "links:", "aliases: [Acme Inc]\nlinks:"
    )
    assert _declared(tmp_path, content.companies_of(tmp_path), "Acme", aliases=("Acme Inc",)).text == after


def test_more_of_a_company_that_is_known_goes_into_a_file_of_its_slug(tmp_path: Path) -> None:
    declared = _declared(tmp_path, _site(tmp_path), "Microsoft", aliases=("Redmond giant",))
    assert declared.path == "content/companies/microsoft.md"
    assert declared.text == "---\naliases: [Redmond giant]\n---\n"
    assert _declared(tmp_path, _site(tmp_path), "Softmicro", slug="microsoft").company.name == "Microsoft"


def test_name_of_another_company_is_a_problem(tmp_path: Path) -> None:
    known = _site(tmp_path)
    assert _problem(lambda: declare(tmp_path, known, Wanted(name="Acme", aliases=("Google",)))) == Problem(
        "--alias", 0, "'Google' is a name of 'google'", "add to that: --slug google"
    )
    assert _problem(lambda: declare(tmp_path, known, Wanted(name="Google", slug="acme"))).path == "NAME"
    assert _problem(lambda: declare(tmp_path, known, Wanted(name="—"))).message == "has no words for a slug"
    assert _problem(lambda: declare(tmp_path, known, Wanted(name="A", slug="A b"))).path == "--slug"


def test_new_name_whose_words_are_another_companys_slug_is_a_problem(tmp_path: Path) -> None:
    assert _problem(lambda: declare(tmp_path, _site(tmp_path), Wanted(name="#Google"))) == Problem(
        "NAME", 0, "the slug 'google' is that of 'Google'", "add to that: --slug google, or give another slug"
    )
    assert _declared(tmp_path, _site(tmp_path), "google").text == "---\n---\n"


@pytest.mark.parametrize(
    ("given", "where", "message"),
    [
        ({"name": " "}, "NAME", "is empty"),
        ({"aliases": ("",)}, "--alias", "is empty"),
        ({"support": ("\x1b[31m",)}, "--support", "holds a control character"),
        ({"vetoes": ("\0",)}, "--not", "holds a control character"),
    ],
)
def test_what_cannot_stand_in_a_file_is_a_problem(
    tmp_path: Path, given: dict[str, object], where: str, message: str
) -> None:
    wanted = Wanted(**{"name": "Acme", **given})  # type: ignore[arg-type]
    assert _problem(lambda: declare(tmp_path, _site(tmp_path), wanted)) == Problem(where, 0, message)


def test_texts_are_written_as_they_will_be_read(tmp_path: Path) -> None:
    declared = _declared(tmp_path, _site(tmp_path), "Acme\n---\nx: y", aliases=("\u202eAcme  Corp",))
    assert declared.text == "---\nname: 'Acme --- x: y'\naliases: [Acme Corp]\n---\n"


def test_renamed_company_says_what_it_was_called(tmp_path: Path) -> None:
    known = _site(tmp_path, acme="---\nname: Acme\n---\n\nText.\n")
    rename(tmp_path, known, "acme", "acme-group").write(tmp_path)
    rename(tmp_path, content.companies_of(tmp_path), "acme-group", "acme-world").write(tmp_path)
    (file,) = (tmp_path / "content/companies").iterdir()
    assert (file.name, file.read_text("utf-8")) == (
        "acme-world.md",
        "---\nname: Acme\nformerly: [acme, acme-group]\n---\n\nText.\n",
    )
    back = rename(tmp_path, content.companies_of(tmp_path), "acme-world", "acme")
    assert (back.company.first, back.company.formerly, back.company.also) == ("acme", (), ("acme-group", "acme-world"))


def test_built_in_company_can_be_renamed(tmp_path: Path) -> None:
    declared = rename(tmp_path, _site(tmp_path), "microsoft", "microsoft-corp")
    assert declared.text == "---\nname: Microsoft\nformerly: [microsoft]\n---\n"
    assert "مايكروسوفت" in declared.company.aliases


def test_company_becomes_part_of_another_with_its_names_and_its_text(tmp_path: Path) -> None:
    known = _site(
        tmp_path, acme="---\nname: Acme\n---\n", bolt="---\nname: Bolts\naliases: [Bolts Inc]\n---\n\nOf bolts.\n"
    )
    rename(tmp_path, known, "bolt", "acme").write(tmp_path)
    assert [path.name for path in (tmp_path / "content/companies").iterdir()] == ["acme.md"]
    assert (tmp_path / ACME).read_text("utf-8") == (
        "---\nname: Acme\nalso: [bolt]\naliases: [Bolts, Bolts Inc]\n---\n\nOf bolts.\n"
    )
    known = _site(tmp_path, acme="---\nname: Acme\n---\n\nOurs.\n", bolts="---\nname: Bolts\n---\n\nTheirs.\n")
    assert "has a text" in _problem(lambda: rename(tmp_path, known, "bolts", "acme")).message


def test_rename_of_what_is_not_there_or_has_moved_is_a_problem(tmp_path: Path) -> None:
    known = _site(tmp_path, acme="---\nname: Acme\nformerly: [old]\n---\n")
    assert _problem(lambda: rename(tmp_path, known, "acmee", "x")).hint == "did you mean 'acme'?"
    assert _problem(lambda: rename(tmp_path, known, "old", "x")).message == "'old' is called 'acme' now"
    assert _problem(lambda: rename(tmp_path, known, "acme", "acme")).message == "it is called 'acme' already"
    assert _problem(lambda: rename(tmp_path, known, "acme", "Ac me")).path == "NEW"
