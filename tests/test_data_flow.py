"""The page of data flows names every module that writes a file or opens a connection, and tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accountability" / "data-flow.md"
ACCOUNTABILITY = sorted((ROOT / "docs" / "accountability").glob("*.md"))
PRODUCT = (
    *("pinpoint", "citations", "index", "ingest", "pdfview", "answer", "collection", "drafts", "changes"),
    *("editor_notes", "access", "operations", "http_server", "mcp_server", "local_cluster", "ui"),
)
NETWORK = {
    *("httpx", "httpx2", "socket", "socketserver", "ssl", "urllib.request", "http.client", "http.server", "uvicorn"),
    *("requests", "websockets", "aiohttp", "smtplib", "ftplib", "telnetlib", "xmlrpc", "urllib3", "opensearchpy"),
    "distributed",
}
"""Libraries by which a program connects, or listens."""
PATH_WRITES = {
    *("write_text", "write_bytes", "mkdir", "touch", "symlink_to", "hardlink_to", "unlink", "rmdir", "rename"),
    *("savez", "tofile", "write_index", "save"),
}
"""Methods of paths, arrays, documents and pictures that write, whatever they are called on."""
WRITES = {
    "tempfile": {"mkdtemp", "mkstemp", "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile"},
    "shutil": {"rmtree", "copy", "copy2", "copyfile", "copytree", "move"},
    "os": {"open", "fdopen", "mkdir", "makedirs", "remove", "unlink", "rename", "replace", "symlink", "link"},
    "sqlite3": {"connect"},
}
"""Functions that write, by their modules."""
OURS = {"write_text", "write_bytes", "replace_file"}
"""Functions of ``pinpoint.files`` that write."""
MODE = re.compile(r"(?=[rwaxbt+]*[wax+])[rwaxbt+]+")


def product():
    """All files of the product with their syntax trees."""
    files = [file for package in PRODUCT for file in sorted((ROOT / package).rglob("*.py"))]
    return {file.relative_to(ROOT).as_posix(): tree(file) for file in [*files, ROOT / "app.py"]}


@cache
def tree(file):
    return ast.parse(file.read_text(encoding="utf-8"))


def connects(parsed):
    """Whether a module imports something by which it can connect."""
    names = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return any(name == one or name.startswith(f"{one}.") for name in names for one in NETWORK)


def writes(parsed):
    """Whether a module calls something that writes a file."""
    imported = {
        (node.module, alias.name)
        for node in ast.walk(parsed)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return any(is_write(node, imported) for node in ast.walk(parsed) if isinstance(node, ast.Call))


def is_write(call, imported):
    function = call.func
    if isinstance(function, ast.Name):
        ours = function.id in OURS and ("pinpoint.files", function.id) in imported
        by_name = any((module, function.id) in imported for module, names in WRITES.items() if function.id in names)
        return ours or by_name or (function.id == "open" and opens_for_writing(call))
    if not isinstance(function, ast.Attribute):
        return False
    on = function.value.id if isinstance(function.value, ast.Name) else ""
    if function.attr in WRITES.get(on, ()) or function.attr in PATH_WRITES:
        return True
    return function.attr == "open" and opens_for_writing(call)


def opens_for_writing(call):
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(isinstance(one, ast.Constant) and MODE.fullmatch(str(one.value)) for one in given)


def named(heading):
    """Modules in the second column of the table below a heading."""
    section = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")][2:]
    return {name for row in rows for name in re.findall(r"`([\w/]+\.py)`", row[1])}


def test_every_module_that_writes_is_named():
    assert {name for name, parsed in product().items() if writes(parsed)} == named("What is written to disk")


def test_every_module_that_connects_is_named():
    listed = named("What opens a connection") - {"access/gate.py"}  # it stands before Streamlit, which listens
    assert {name for name, parsed in product().items() if connects(parsed)} == listed


CASES = [  # (source, writes, connects, reason)
    ("open(path, 'wb')", True, False, "a mode that writes"),
    ("path.open(mode='a')", True, False, "a mode by its name"),
    ("open(path)", False, False, "reading"),
    ("open(path, 'rb')", False, False, "reading bytes"),
    ("path.open('r+b')", True, False, "reading and writing"),
    ("open('data')", False, False, "a path that is no mode"),
    ("path.write_text('')", True, False, "a method of a path"),
    ("import os\nos.replace(a, b)", True, False, "a function of os"),
    ("text.replace('a', 'b')", False, False, "a method of a text"),
    ("from shutil import rmtree\nrmtree(a)", True, False, "a function by its own name"),
    ("from pinpoint.files import write_text\nwrite_text(a, b)", True, False, "our own function"),
    ("def write_text(): ...\nwrite_text()", False, False, "another function of that name"),
    ("import sqlite3\nsqlite3.connect(a)", True, False, "a database"),
    ("document.save(stream)", True, False, "a document, wherever it goes"),
    ("import httpx2", False, True, "a client"),
    ("from urllib import request", False, True, "a module of a package"),
    ("from uvicorn.supervisors import Multiprocess", False, True, "a part of a server"),
    ("from urllib.parse import quote", False, False, "addresses are text"),
]


@pytest.mark.parametrize(("source", "written", "connected", "reason"), CASES, ids=[row[3] for row in CASES])
def test_what_counts(source, written, connected, reason):
    parsed = ast.parse(source)
    assert (writes(parsed), connects(parsed)) == (written, connected), reason


@pytest.mark.parametrize("page", ACCOUNTABILITY, ids=[page.name for page in ACCOUNTABILITY])
def test_every_test_that_is_named_is_there(page):
    for file, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8")):
        assert (ROOT / file).is_file(), file
        functions = {node.name for node in ast.walk(tree(ROOT / file)) if isinstance(node, ast.FunctionDef)}
        functions |= {node.name for node in ast.walk(tree(ROOT / file)) if isinstance(node, ast.AsyncFunctionDef)}
        assert not name or name in functions, f"{file} has no {name}"


@pytest.mark.parametrize("page", ACCOUNTABILITY, ids=[page.name for page in ACCOUNTABILITY])
def test_every_page_says_what_was_not_tested(page):
    text = page.read_text(encoding="utf-8")
    section = text.partition("\n## What was not tested\n")[2].partition("\n## ")[0]
    assert len(re.findall(r"^- ", section, re.MULTILINE)) >= 5
