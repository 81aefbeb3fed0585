"""The installed program, not only the checkout: the wheel carries the theme and the data, and builds a site."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CONFIG, NOW, PROJECT, Site, article

LETTER = (
    "Workers ask Microsoft to drop a contract\n\n"
    "Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says.\n"
)


def files(folder: Path) -> set[str]:
    """The files below a folder, without what Python and editors leave there."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was unpacked, far from the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    flags = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet"]
    made = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", str(PROJECT), *flags, "-w", str(place)],
        capture_output=True,
        encoding="utf-8",
        cwd=place,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    (wheel,) = place.glob("pressfold-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "lib")
    return place / "lib"


def run(installed: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the installed program from a folder outside the checkout."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PRESSFOLD_")}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
        env={**kept, "PYTHONPATH": str(installed), "SOURCE_DATE_EPOCH": str(NOW), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_the_wheel_holds_the_program_its_theme_and_its_data(installed: Path) -> None:
    carried = files(installed / "pressfold")
    assert {f"layouts/{name}" for name in files(PROJECT / "layouts")} == {
        n for n in carried if n.startswith("layouts/")
    }
    own = {name for name in files(PROJECT / "pressfold") if not name.startswith("layouts/")}
    assert own == {name for name in carried if not name.startswith("layouts/")}
    assert any(name.startswith("data/") for name in carried)
    for name in carried:
        source = PROJECT / name if name.startswith("layouts/") else PROJECT / "pressfold" / name
        assert (installed / "pressfold" / name).read_bytes() == source.read_bytes()


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    tops = sorted(path.name for path in installed.iterdir())
    assert len(tops) == 2
    assert tops[0] == "pressfold"
    assert tops[1].endswith(".dist-info")
    scripts = (installed / tops[1] / "entry_points.txt").read_text("utf-8")
    assert scripts == "[console_scripts]\npressfold = pressfold.__main__:main\n"
    assert (installed / tops[1] / "licenses" / "LICENSE").is_file()


def test_the_installed_program_makes_and_builds_a_site(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "-c", "import pressfold; print(pressfold.__file__)")
    assert Path(where.stdout.strip()).parent == installed / "pressfold"
    made = run(installed, tmp_path, "-m", "pressfold", "init", "digest", "--title", "From the wheel")
    assert (made.returncode, made.stderr) == (0, "")
    digest = Site(tmp_path / "digest").write({"content/inbox/one.txt": LETTER})
    built = run(installed, digest.root, "-m", "pressfold", "build")
    assert (built.returncode, built.stderr) == (0, "")
    page = digest.page("articles/workers-ask-microsoft-to-drop-a-contract/index.html")
    assert 'href="../../static/style-' in page
    assert any(name.startswith("static/style-") for name in digest.tree())
    assert {"companies/microsoft/index.html", "companies/microsoft/card.png"} <= digest.tree().keys()


def test_the_installed_program_writes_what_the_checkout_writes(installed: Path, tmp_path: Path) -> None:
    site = Site(tmp_path / "site").write(
        {"config.yaml": CONFIG, "content/articles/2026/01/a.md": article(companies="[google]")}
    )
    built = run(installed, tmp_path, "-m", "pressfold", "build", "--site", "site")
    assert (built.returncode, built.stderr) == (0, "")
    by_wheel = site.tree()
    assert site.build("-o", str(tmp_path / "checkout")).code == 0
    assert Site(tmp_path / "checkout").tree(".") == by_wheel
