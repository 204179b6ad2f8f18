"""The house plan, held over the syntax trees: who may import what, how large a file may be, where tests stand.

One test reads all files and names every one that departs from the plan.
"""

import ast
import re
import statistics
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "pinpoint",
    "citations",
    "index",
    "ingest",
    "pdfview",
    "answer",
    "collection",
    "drafts",
    "changes",
    "editor_notes",
    "access",
    "operations",
    "http_server",
    "mcp_server",
    "local_cluster",
    "evaluation",
    "ui",
    "benchmarks",
    "deployment",
)
TOOLING = {"benchmarks", "deployment"}
"""What measures and packs the product, and is no part of it."""
GROUND = {"pinpoint", "citations"}
FACE = {"__init__.py", "__main__.py", "api.py", "own_commands.py"}
"""Modules of ``pinpoint`` that stand above all others: they may import everything, and nothing imports them."""
MAY_IMPORT = {
    "pinpoint": set(),  # but for the face
    "citations": {"pinpoint"},
    "index": GROUND,
    "ingest": {*GROUND, "index"},
    "editor_notes": {*GROUND, "index"},
    "answer": {*GROUND, "index", "editor_notes"},
    "collection": {*GROUND, "index", "answer", "editor_notes"},
    "drafts": {*GROUND, "index", "ingest"},
    "changes": {*GROUND, "index", "collection", "drafts", "editor_notes"},
    "access": GROUND,
    "operations": {*GROUND, "index", "ingest", "answer", "collection", "drafts", "changes", "editor_notes"},
    "http_server": {*GROUND, "access", "operations"},
    "mcp_server": {*GROUND, "access", "operations"},
    "local_cluster": {*GROUND, "index"},
    "evaluation": {*GROUND, "index", "answer"},
    "pdfview": {*GROUND, "index", "ingest"},
    "ui": {
        *GROUND,
        *("index", "ingest", "answer", "collection", "pdfview", "drafts", "changes", "editor_notes", "access"),
    },
    "app.py": {*GROUND, "index", "ingest", "answer", "ui"},
    "benchmarks": set(PACKAGES),
    "deployment": {"benchmarks"},
}
ANYWHERE = {"click", "numpy", "rich"}
ONLY_IN = {
    "PIL": {"ingest", "pdfview"},
    "Stemmer": {"index"},
    "anyio": {"mcp_server"},
    "docx": {
        "ingest",
        "collection",
        "drafts",
        "changes",
    },  # the first reads, the second and the last write, drafts does both
    "faiss": {"index"},
    "fastapi": {"http_server"},
    "fontTools": {"ingest"},
    "feedgen": {"changes"},
    "dask": {"ingest"},
    "distributed": {"ingest"},
    "filelock": {"index", "ingest", "editor_notes"},
    "httpx2": {"ingest", "answer"},  # documents are fetched, a language model is asked
    "lxml": {"ingest", "drafts"},
    "markdown_it": {"ingest"},
    "mcp": {"mcp_server"},
    "mcp_types": {"mcp_server"},
    "nupunkt": {"index"},
    "onnxruntime": {"index"},
    "opensearchpy": {"index"},
    "pptx": {"drafts"},
    "prometheus_client": {"http_server"},
    "pydantic": {"http_server", "mcp_server"},
    "pypdf": {"ingest"},
    "pypdfium2": {"ingest", "pdfview"},
    "rank_bm25": {"index", "evaluation"},
    "rapidfuzz": {"index", "drafts"},
    "rapidocr": {"ingest"},
    "rispy": {"ingest"},
    "scipy": {"index", "changes"},
    "sentence_transformers": {"index"},
    "starlette": {"ui", "app.py", "http_server", "mcp_server"},
    "streamlit": {"ui", "app.py"},
    "tokenizers": {"index"},
    "torch": {"index"},
    "transformers": {"index"},
    "urllib3": {"index"},  # what opensearch-py asks over, for its time limits
    "uvicorn": {"http_server", "mcp_server"},
    "watchfiles": {"ingest"},
}
"""Every library that the product imports, and the packages that may; benchmarks measure with whatever they need."""
SQL_MODULES = {"index/documents/store.py", "index/generations/rows.py"}
SQL = re.compile(r"\b(?:SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\b", re.DOTALL)
VAGUE = {"utils", "util", "common", "core", "helpers", "services"}
MOST_LINES, MOST_TEST_LINES, MEDIAN_LINES, MOST_MODULES = 300, 700, 110, 14
STARTER = {f"pinpoint.starter{folder}" for folder in ("", ".directives", ".qhsr", ".strategy")}
FOLDERS_OF_DATA = {"evaluation.data", *STARTER, "pinpoint.streamlit"}
"""What the wheel has beside modules: question sets, the starter corpus, settings of the server."""
TESTS_OF_NO_PACKAGE = {"tests", "tests/corpus", "tests/hostile", "tests/security", "tests/security/watch"}
"""Tests of the house, of the starter corpus, of what strangers hand in, and of what leaves the machine."""


@cache
def _files() -> list[Path]:
    code = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [*code, *([ROOT / "app.py"] if (ROOT / "app.py").exists() else [])]


@cache
def _test_files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _package(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


def _nodes(node: ast.AST, *, at_import: bool) -> Iterator[ast.AST]:
    """All nodes, or those that run when the module is imported."""
    for child in ast.iter_child_nodes(node):
        later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        later = later or (isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"))
        if not (at_import and later):
            yield child
            yield from _nodes(child, at_import=at_import)


@cache
def _modules(file: Path, *, at_import: bool = False) -> set[str]:
    """Full names of what a file imports; ``from a import b`` gives ``a`` and ``a.b``, a relative import gives "."."""
    found = set()
    for node in _nodes(_tree(file), at_import=at_import):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." if node.level else node.module or ""
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def _imports(file: Path, *, at_import: bool = False) -> set[str]:
    """First names of everything that a file imports."""
    return {name.partition(".")[0] for name in _modules(file, at_import=at_import)}


@cache
def _by_module() -> dict[str, Path]:
    """All files by the full names of their modules."""
    return {_name(file).removesuffix(".py").removesuffix("/__init__").replace("/", "."): file for file in _files()}


def _report(departures: list[str], advice: str) -> None:
    assert not departures, f"{advice}:\n" + "\n".join(departures)


def test_imports_go_one_way_between_packages():
    departures = []
    for file in _files():
        package = _package(file)
        face = package == "pinpoint" and file.name in FACE
        allowed = set(PACKAGES) - TOOLING if face else MAY_IMPORT[package]
        ours = _imports(file) & set(PACKAGES) - {package}
        if not ours <= allowed:
            departures.append(f"{_name(file)} imports {sorted(ours - allowed)}")
    _report(departures, "MAY_IMPORT has it otherwise")


def test_nothing_imports_the_face():
    above = {f"pinpoint.{name.removesuffix('.py')}" for name in FACE - {"__init__.py"}}
    below = [file for file in _files() if _package(file) != "pinpoint"]
    _report([_name(file) for file in below if _modules(file) & above], "the face stands above all others")


def test_imports_are_absolute():
    _report([_name(file) for file in _files() if "" in _imports(file)], "these import with leading dots")


def test_libraries_are_imported_where_the_plan_says():
    departures = []
    for file in _files():
        package = _package(file)
        others = _imports(file) - {*PACKAGES, *sys.stdlib_module_names, *ANYWHERE}
        if package not in TOOLING:
            misplaced = sorted(name for name in others if package not in ONLY_IN.get(name, ()))
            departures += [f"{_name(file)} imports {name}" for name in misplaced]
    _report(departures, "ONLY_IN has it otherwise")


def test_modules_import_each_other_in_no_circle():
    modules = _by_module()
    graph = {name: _modules(file, at_import=True) & set(modules) - {name} for name, file in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_html_is_made_without_streamlit():
    modules = _by_module()
    departures = []
    for name in (name for name in modules if name.startswith("ui.html")):
        seen, waiting = set(), {name}
        while waiting:
            module = waiting.pop()
            seen.add(module)
            waiting |= {one for one in _modules(modules[module]) & set(modules) if one.startswith("ui")} - seen
        departures += [f"{name} by way of {module}" for module in seen if "streamlit" in _imports(modules[module])]
    _report(sorted(departures), "ui/html makes HTML of records")


def test_components_draw_with_streamlit():
    components = [file for file in (ROOT / "ui" / "components").glob("*.py") if file.name != "__init__.py"]
    departures = sorted(_name(file) for file in components if "streamlit" not in _imports(file))
    _report(departures, "functions from records to HTML belong to ui/html")


def test_files_stay_small():
    lines = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in _files()}
    _report([f"{name} has {count} lines" for name, count in lines.items() if count > MOST_LINES], "divide")
    tests = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in _test_files()}
    _report([f"{name} has {count} lines" for name, count in tests.items() if count > MOST_TEST_LINES], "divide")
    median = statistics.median(count for name, count in lines.items() if not name.endswith("/__init__.py"))
    assert median <= MEDIAN_LINES, f"half of all modules have {median} lines or more"


def test_folders_stay_small():
    folders = {file.parent for file in (*_files(), *_test_files())} - {ROOT}
    counts = {_name(folder): len(list(folder.glob("*.py"))) for folder in sorted(folders)}
    _report([f"{name} has {count} modules" for name, count in counts.items() if count > MOST_MODULES], "divide")


def test_names_tell_what_is_inside():
    vague = [_name(file) for file in (*_files(), *_test_files()) if VAGUE & {file.stem, *file.relative_to(ROOT).parts}]
    _report(vague, "these names say nothing")


def test_every_package_is_listed_and_planned():
    packages = {file.parent.relative_to(ROOT).as_posix() for file in _files() if file.name == "__init__.py"}
    folders = {_name(file.parent) for file in _files() if file.parent != ROOT}
    assert folders == packages, "a folder of modules has an __init__.py"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = {name.replace("/", ".") for name in packages if name.partition("/")[0] not in TOOLING}
    assert shipped | FOLDERS_OF_DATA == set(project["tool"]["setuptools"]["packages"])
    assert (
        {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
        == set(PACKAGES)
        == {*MAY_IMPORT} - {"app.py"}
    )
    measured = project["tool"]["coverage"]["run"]["source"]
    assert set(measured) == set(PACKAGES) - TOOLING, "coverage counts every package of the product"


def test_tests_mirror_the_packages():
    folders = {_name(file.parent) for file in _test_files()}
    strangers = sorted(
        folder for folder in folders - TESTS_OF_NO_PACKAGE if not (ROOT / folder.removeprefix("tests/")).is_dir()
    )
    _report(strangers, "no package has these paths")
    untested = sorted(name for name in PACKAGES if not any(True for _ in (ROOT / "tests" / name).rglob("test_*.py")))
    assert not untested, f"{untested} have no tests"
    own = {_name(file.parent) for file in _test_files() if file.name == "__init__.py"}
    assert own == {"tests", "tests/hostile"}, "importlib mode needs none but for what is run as a module"


def test_the_checks_find_what_they_look_for(tmp_path):
    file = tmp_path / "module.py"
    file.write_text(
        "import os.path\nfrom index import search\nfrom . import near\n"
        "if TYPE_CHECKING:\n    import ui\ndef late():\n    import answer.text\n",
        encoding="utf-8",
    )
    assert _modules(file, at_import=True) == {"os.path", "index", "index.search", ".", "..near"}
    assert _imports(file) == {"os", "index", "", "ui", "answer"}


def test_sql_stands_in_the_store_alone():
    holding = set()
    for file in _files():
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if any(SQL.search(text) for text in texts):
            holding.add(file.relative_to(ROOT).as_posix())
    assert holding == SQL_MODULES
