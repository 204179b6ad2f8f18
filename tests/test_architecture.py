"""The house plan, held over the syntax trees: who may import what, and how large a file may be."""

import ast
from collections.abc import Iterator
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
    "evaluation",
    "ui",
    "benchmarks",
)
GROUND = {"pinpoint", "citations"}
FACE = {"__init__.py", "__main__.py", "api.py", "own_commands.py"}
"""Modules of ``pinpoint`` that stand above all others: they may import everything, and nothing imports them."""
MAY_IMPORT = {
    "pinpoint": set(),
    "citations": {"pinpoint"},
    "index": GROUND,
    "ingest": {*GROUND, "index"},
    "answer": {*GROUND, "index"},
    "collection": {*GROUND, "index", "answer"},
    "evaluation": {*GROUND, "index", "answer"},
    "pdfview": {*GROUND, "index", "ingest"},
    "ui": {*GROUND, "index", "ingest", "answer", "collection", "pdfview"},
    "app.py": {*GROUND, "index", "ingest", "answer", "ui"},
    "benchmarks": set(PACKAGES),
}
ONLY_IN = {
    "faiss": {"index"},
    "rank_bm25": {"index"},
    "rapidfuzz": {"index"},
    "sentence_transformers": {"index"},
    "scipy": {"index"},
    "pypdf": {"ingest"},
    "pypdfium2": {"ingest", "pdfview"},
    "httpx2": {"ingest", "answer"},
    "lxml": {"ingest"},
    "docx": {"ingest", "collection"},  # the one reads, the other writes
    "streamlit": {"ui", "app.py"},
}
VAGUE = {"utils", "util", "common", "core", "helpers", "services"}


def _files() -> list[Path]:
    code = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [*code, *([ROOT / "app.py"] if (ROOT / "app.py").exists() else [])]


def _imports(file: Path) -> Iterator[str]:
    """First names of everything that a file imports, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else (node.module or "").partition(".")[0]


@pytest.mark.parametrize("file", _files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_follow_the_plan(file):
    package = file.relative_to(ROOT).parts[0]
    imported = set(_imports(file))
    allowed = set(PACKAGES) - {"benchmarks"} if package == "pinpoint" and file.name in FACE else MAY_IMPORT[package]
    ours = imported & set(PACKAGES) - {package}
    assert ours <= allowed, f"{package} may not import {sorted(ours - allowed)}"
    assert "." not in imported, "imports are absolute"
    misplaced = {name for name in imported & set(ONLY_IN) if package not in {*ONLY_IN[name], "benchmarks"}}
    assert not misplaced, f"{sorted(misplaced)} belong to other packages"


def test_nothing_imports_the_face():
    above = {f"pinpoint.{name.removesuffix('.py')}" for name in FACE - {"__init__.py"}}
    for file in _files():
        nodes = [
            node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
        ]
        named = {
            name for node in nodes for name in (node.module, *(f"{node.module}.{entry.name}" for entry in node.names))
        }
        assert not named & above or file.parent.name == "pinpoint", f"{file} imports {named & above}"


@pytest.mark.parametrize("file", _files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_files_stay_small_and_have_telling_names(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{file.name} has {lines} lines; divide it"
    assert not VAGUE & {file.stem, *file.relative_to(ROOT).parts}


def test_the_plan_covers_every_package():
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(PACKAGES)
    tests = {file.parent.relative_to(ROOT).as_posix() for file in (ROOT / "tests").rglob("__init__.py")}
    assert tests == {"tests", "tests/hostile"}, "importlib mode needs none but for what is run as a module"
