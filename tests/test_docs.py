"""The documents say what the program does: every setting, field, command and flag, and commands that work."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from pressfold import article, companyfile, config
from pressfold.cli import commands
from pressfold.host import GB, KNOWN, MIB
from pressfold.ingest.extract import KINDS
from scripts import views
from tests.conftest import PROJECT, Site
from tests.conftest import article as article_file

DOCS = PROJECT / "docs"

COMMANDS = dict(commands.commands)
COMMANDS |= {
    f"{name} {part}": inner
    for name, command in commands.commands.items()
    if isinstance(command, click.Group)
    for part, inner in command.commands.items()
}


def text(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


@pytest.mark.parametrize("key", config.KEYS)
def test_every_setting_is_documented(key: str) -> None:
    assert f"`{key}`" in text("docs/config.md")


@pytest.mark.parametrize("key", article.KEYS)
def test_every_field_of_an_article_is_documented_in_its_order(key: str) -> None:
    listed = re.findall(r"^(\w+):", text("docs/articles.md").split("```")[1], re.MULTILINE)
    assert key in listed
    assert listed == sorted(listed, key=article.KEYS.index)


@pytest.mark.parametrize("key", companyfile.KEYS)
def test_every_field_of_a_company_is_documented(key: str) -> None:
    assert re.search(rf"^{key}:", text("docs/companies.md"), re.MULTILINE)


def test_every_view_is_documented_as_its_type_says() -> None:
    assert text("docs/views.md") == views.document(), "make views"


def _worked_example(ending: str) -> tuple[str, str]:
    """A file of docs/theme.md by its ending: its name, and what is in it."""
    found = re.search(rf"`(layouts/[^`]+\.{ending})`[^`]*:\n\n```\w+\n(.*?)```", text("docs/theme.md"), re.DOTALL)
    assert found
    return found[1], found[2]


def test_one_token_is_changed_without_a_copy_of_the_theme(site: Site) -> None:
    name, style = _worked_example("css")
    site.write({name: style, "content/articles/one.md": article_file("One")})
    assert site.build().code == 0
    (sheet,) = (site.root / "output" / "static").glob("style-*.css")
    written = sheet.read_text("utf-8")
    assert written.endswith(style)
    assert written.startswith(text("layouts/static/style.css"))
    for token in re.findall(r"--[\w-]+(?=:)", style):
        assert f"  {token}:" in written.removesuffix(style)  # each is one of the theme's
    assert f"/{sheet.name}" in (site.root / "output" / "articles" / "one" / "index.html").read_text("utf-8")


def test_one_layout_is_changed_without_a_copy_of_the_theme(site: Site) -> None:
    name, layout = _worked_example("html")
    site.write({name: layout, "content/articles/one.md": article_file("One", body="Some words.")})
    assert site.build().code == 0
    page = (site.root / "output" / "articles" / "one" / "index.html").read_text("utf-8")
    assert "<p>Some words.</p>" in page
    assert 'here? <a href="../../about/">Write to the editors</a>' in page
    assert "Write to the editors" not in (site.root / "output" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("ending", KINDS)
def test_every_kind_of_raw_file_is_documented(ending: str) -> None:
    assert f"`{ending}`" in text("docs/import.md")


@pytest.mark.parametrize(
    ("command", "flag"),
    [(name, flag) for name, command in COMMANDS.items() for option in command.params
     for flag in option.opts if isinstance(option, click.Option) and flag.startswith("--")],
)  # fmt: skip
def test_every_flag_is_documented(command: str, flag: str) -> None:
    assert flag in text("docs/commands.md"), f"{command} {flag}"
    assert f"`pressfold {command}" in text("README.md" if " " not in command else "docs/commands.md")


def test_documents_name_no_flag_that_is_not_there() -> None:
    known = {flag for command in COMMANDS.values() for option in command.params for flag in option.opts}
    known |= {"--help", "--version"}
    said = set(
        re.findall(r"(?<![\w-])--[a-z][a-z-]+", text("README.md") + text("docs/commands.md") + text("docs/import.md"))
    )
    assert said <= known


def test_every_module_stands_in_the_architecture() -> None:
    said = text("ARCHITECTURE.md")
    names = [path.stem for path in (PROJECT / "pressfold").glob("*.py") if not path.stem.startswith("__")]
    assert [name for name in names if f"`{name}.py`" not in said] == []


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_every_document_is_reached_from_the_readme(path: Path) -> None:
    assert f"docs/{path.name}" in text("README.md")


RECIPES = re.findall(r"```yaml\n(.*?)```", text("docs/hosting.md"), re.DOTALL)


def _scripts(recipe: object) -> list[str]:
    """The commands of a recipe for CI, wherever they stand in it."""
    if isinstance(recipe, dict):
        own = [recipe.get(key) for key in ("run", "script")]
        lines = [line for given in own for line in ([given] if isinstance(given, str) else given or [])]
        return lines + [line for inner in recipe.values() for line in _scripts(inner)]
    return [line for inner in recipe for line in _scripts(inner)] if isinstance(recipe, list) else []


def test_recipes_for_ci_build_and_check_with_the_memory_kept(site: Site) -> None:
    found = [yaml.safe_load(recipe) for recipe in RECIPES]
    assert len(found) == 3  # settings, GitHub, GitLab
    site.write({"content/articles/2026/01/one.md": article_file("One")})
    for recipe in found[1:]:
        ours = [line.split()[1:] for line in _scripts(recipe) if line.startswith("pressfold ")]
        assert [command for command, *_ in ours] == ["build", "check"]
        for words in ours:
            said = site.run(*[str(site.root / word) if word == "public" else word for word in words])
            assert (said.code, said.err) == (0, "")
        assert "--frozen" in ours[0] and "--strict" in ours[1]
        assert ".pressfold" in str(recipe)


def test_the_settings_of_a_host_are_settings() -> None:
    assert config.load(f"title: T\n{RECIPES[0]}").host == "netlify"


def test_what_hosts_take_is_documented_as_it_is_checked() -> None:
    said = text("docs/hosting.md")
    for name, host in KNOWN.items():
        (row,) = re.findall(rf"^\| `{name}` \|.*$", said, re.MULTILINE)
        assert all(f"`{file}`" in row for file in host.reads)
        assert all(f"{cap:,}" in row for cap in (host.files, host.entries, host.beside) if cap)
        assert f"{host.largest // MIB} MiB" in row or not host.largest
        assert f"{host.size // GB} GB" in row or not host.size


def test_what_the_readme_does_to_begin_a_site_works(tmp_path: Path) -> None:
    folder = tmp_path / "digest"
    begun = subprocess.run(
        [sys.executable, "-m", "pressfold", "init", str(folder), "--title", "Chips and politics", "--base-url", "https://example.org/digest/"],
        cwd=PROJECT, capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    assert begun.stderr == ""
    raw = (PROJECT / "content/inbox/microsoft-azure-letter.txt").read_bytes()
    site = Site(folder).write({"content/inbox/letter.txt": raw})
    built = site.build()
    assert (built.code, built.err) == (0, "")
    assert "inbox/letter.txt -> content/articles/" in built.out
    assert (folder / "output/index.html").is_file()


def test_the_demonstration_needs_no_import(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "build.py", "--frozen", "--no-cache", "--output", str(tmp_path / "out")],
        cwd=PROJECT, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_demonstration_shows_what_it_should() -> None:
    paths = sorted((PROJECT / "content/articles").rglob("*.md"))
    found = [article.load(path.read_text("utf-8"), path.relative_to(PROJECT).as_posix()) for path in paths]
    tellings: dict[str, set[str]] = {}
    for each in found:
        tellings.setdefault(each.story or "", set()).add(each.lang)
    assert len(found) == 44 and len({each.lang for each in found}) == 13  # as CHANGELOG, README and about.md say
    assert sum(len(languages) > 1 for languages in tellings.values()) >= 8
    assert len({company for each in found for company in each.companies}) >= 12
    assert len({each.happened.strftime("%Y-%m") for each in found if "google" in each.companies}) >= 9
    assert {each.body_mode for each in found} == {"full", "excerpt", "link"}
    assert any(each.note for each in found) and any(each.translated for each in found)
    assert any(each.original for each in found)
    assert any(each.review for each in found) and any(each.origin for each in found)
