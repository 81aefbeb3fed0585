"""The program's own laws: the arrow of imports, who touches the world, and what every module owes its reader."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "pressfold"

# Each module may import only those above it.
ORDER = """
    pressfold
    problem site faces plainyaml yamltext moment slug language schema image apart dismissed host served destination
    source config article amend
    company registry companyfile
    markup.writing markup.inline markup.serial markup.sparing markup.safe markup.reading markup.beginning markup
    ingest ingest.draft ingest.lexicon ingest.identify ingest.decode ingest.scripts
    ingest.wrapped ingest.lines ingest.dates ingest.labels
    ingest.sentences ingest.buttons ingest.notices ingest.promotions ingest.captions ingest.biography ingest.furniture
    ingest.people ingest.metadata ingest.quotes ingest.title ingest.confidence ingest.permalink ingest.bounds
    ingest.aside ingest.appeals ingest.tongues ingest.body ingest.titled ingest.outside ingest.authors ingest.text
    ingest.charset ingest.address ingest.jsonld ingest.page ingest.headline ingest.dateline ingest.byline ingest.passages
    ingest.pixels ingest.stems ingest.shown ingest.lead ingest.pictures
    ingest.mime ingest.mhtml ingest.html ingest.foreign ingest.markdown ingest.fragment ingest.feed ingest.letter
    ingest.folded ingest.edges ingest.doubtful ingest.marks ingest.naming ingest.peoples ingest.unknown
    ingest.subject ingest.summary ingest.describe ingest.extract
    folding origin prints story told postings textpage survey ledger settings card published merge words seal catalog
    pages.view pages.view.timeline pages.view.html pages.view.machines
    pages.address pages.calendar pages.frame pages.cards pages.months pages.span pages.columns pages.timeline
    pages.articles pages.texts pages.stories pages.companies pages.languages pages.sources
    pages.archive pages.search pages.front pages.subscribe pages.machines pages.serving pages
    feeds linked social assets jinja layouts render
    memory.facts memory.files memory.values memory.pages memory.tellings memory.tables memory
    shelf joins versions reading content translations
    fetch.address fetch.exchange fetch.robots fetch.request fetch.opml fetch.sources fetch.kind fetch.saved fetch.kept
    fetch.together fetch.news fetch.pages fetch
    output.manifest output.stage output.foreign output.journal output
    beside workers drafting shelving imported inbox options intake joining explain scaffold declare reread census
    check.finding check.places check.page check.links check.feeds check.machines check.manifest check.hosts
    check.identity check.audit check
    glance update record pagefind drawing indexing redraw renew
    publish.kind publish.record publish.plan publish.target publish.program publish.folder
    publish.rclone publish.git publish.rsync publish
    pipeline.remembering pipeline.importing pipeline.building pipeline.hosting pipeline.companies pipeline.writing pipeline
    serve.live serve.script serve.app serve.watch serve
    console tell cli.run cli.building cli.importing cli.writing cli.companies cli.stories cli.publishing cli
    __main__
""".split()

# Those that touch files, tables and processes: package data, layouts, what a site's folders hold, what earlier runs
# computed. A preview also listens, to this machine; and one package speaks to the network, through two of its modules.
WORLDLY = """
    faces registry ingest.lexicon survey site settings words catalog
    assets layouts
    memory.facts memory.files memory.values memory.pages memory.tellings memory.tables memory
    versions reading content
    fetch.sources fetch.kept
    output.manifest output.stage output.foreign output.journal output
    beside workers drafting shelving imported inbox intake joining scaffold declare reread census
    check.manifest check.identity check.audit check
    glance update pagefind drawing indexing redraw renew
    publish.program publish.folder publish.rclone publish.git publish.rsync publish
    pipeline.remembering pipeline.importing pipeline.building pipeline.hosting pipeline.companies pipeline.writing pipeline
    serve.app serve.watch serve cli.run cli.building cli.importing cli.writing cli.companies cli.publishing cli
""".split()
LISTENING = "serve.app serve.watch serve".split()
SPEAKING = "fetch.exchange fetch.request".split()
FILES = frozenset(
    "open read_text read_bytes write_text write_bytes unlink rmdir mkdir rename replace rmtree copytree copyfile "
    "iterdir rglob glob walk listdir scandir is_file is_dir exists stat connect".split()
)
TEXTUAL = frozenset("replace".split())  # of these the name alone says nothing: str and dataclasses have them too
CLOCKS = frozenset("now today utcnow time time_ns monotonic perf_counter localtime gmtime".split())
FORBIDDEN_NAMES = frozenset("utils util helpers helper base common manager misc".split())


def name_of(path: Path) -> str:
    """A module's name without the package's."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(parts) or "pressfold"


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imports(name: str) -> Iterator[str]:
    """The modules of the package that a module imports, anywhere in it."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [full for full in inner if full.removeprefix("pressfold.") in MODULES]
            found = modules if len(modules) == len(inner) else [*modules, str(node.module)]
        else:
            continue
        yield from (full.removeprefix("pressfold.") for full in found if full.split(".")[0] == "pressfold")


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression, as far as it is one."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def called(name: str) -> Iterator[tuple[str, int]]:
    """What a module calls, dotted, with the line."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node.lineno


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def test_the_order_names_every_module_once() -> None:
    assert sorted(ORDER) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_those_above_it(name: str) -> None:
    above = set(ORDER[: ORDER.index(name)])
    assert sorted(set(imports(name)) - above) == []


@pytest.mark.parametrize("name", [name for name in MODULES if name.partition(".")[0] not in ("cli", "console")])
def test_only_the_command_line_prints_exits_and_reads_clock_and_environment(name: str) -> None:
    ends = () if name == "workers" else ("os._exit",)  # a worker ends itself with its parent, and nobody else
    wrong = [
        (what, line)
        for what, line in called(name)
        if what in ("print", "input", "exit", "quit", "sys.exit", *ends, "click.echo", "os.getenv")
        or (what.split(".")[0] in ("time", "dt", "datetime") and what.rpartition(".")[2] in CLOCKS)
    ]
    wrong += [
        (dotted(node), node.lineno)
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Attribute)
        and dotted(node) in ("os.environ", "os.environb", "sys.stdout", "sys.stderr", "sys.argv")
    ]
    assert wrong == []
    assert not {"logging", "click", "rich"} & {
        alias.name.split(".")[0]
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Import)
        for alias in node.names
    }


@pytest.mark.parametrize("name", [name for name in MODULES if name not in (*WORLDLY, *SPEAKING)])
def test_only_some_modules_touch_files(name: str) -> None:
    wrong = [
        (what, line)
        for what, line in called(name)
        if what.rpartition(".")[2] in FILES - TEXTUAL or what in ("os.replace", "os.rename", "os.remove")
    ]
    assert wrong == []
    taken = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.name != "BytesIO"  # no file, but bytes that look like one
    }
    assert not {"os", "shutil", "sqlite3", "subprocess", "socket", "tempfile", "glob", "io"} & taken
    assert not {module for module in taken if module.startswith(("urllib.request", "http"))}


@pytest.mark.parametrize("name", MODULES)
def test_only_fetch_asks_the_network_and_only_the_preview_listens_to_it(name: str) -> None:
    taken = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    tops = {module.split(".")[0] for module in taken}
    assert name in SPEAKING or not {"ssl", "http", "urllib3"} & tops
    assert not {"requests", "httpx"} & tops
    assert "urllib.request" not in taken
    assert name in (*LISTENING, *SPEAKING) or "socket" not in tops
    assert name in LISTENING or not {"starlette", "uvicorn", "watchfiles"} & tops
    assert not {what for what, _ in called(name)} & {"socket.create_connection", "asyncio.open_connection"}


def test_who_needs_a_library_alone_pays_for_it() -> None:
    code = "import sys, pressfold.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout
    preview = {"asyncio", "webbrowser", "starlette", "uvicorn", "watchfiles", "anyio"}
    assert not (preview | {"ssl", "http.client", "urllib3", "protego", "certifi", "random"}) & set(loaded.split())
    reading = {"yaml", "jinja2", "babel", "pressfold.schema", "pressfold.yamltext"}
    assert not reading & set(loaded.split())


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_says_what_it_is(name: str) -> None:
    tree = TREES[name]
    silent = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree)
    assert silent == []


@pytest.mark.parametrize("name", MODULES)
def test_every_value_is_frozen(name: str) -> None:
    thawed = []
    for node in ast.walk(TREES[name]):
        if not isinstance(node, ast.ClassDef):
            continue
        marks = [
            d for d in node.decorator_list if dotted(d.func if isinstance(d, ast.Call) else d).endswith("dataclass")
        ]
        given = [word for mark in marks if isinstance(mark, ast.Call) for word in mark.keywords]
        struct = any(dotted(parent).endswith("Struct") for parent in node.bases)
        if (marks or struct) and not any(
            word.arg == "frozen" and isinstance(word.value, ast.Constant) and word.value.value is True
            for word in [*given, *node.keywords]
        ):
            thawed.append(node.name)
    assert thawed == []


def test_no_module_is_named_for_nothing() -> None:
    parts = {part for name in MODULES for part in name.split(".")}
    assert parts & FORBIDDEN_NAMES == set()


def test_modules_are_short() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in MODULES.values()]
    assert statistics.median(lengths) <= 130
