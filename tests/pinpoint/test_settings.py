"""Every environment variable stands in one table, and nothing reads one past it."""

import ast
import re
from pathlib import Path

import pytest

from pinpoint import settings
from tests.test_architecture import PACKAGES, TOOLING

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = [package for package in PACKAGES if package not in TOOLING]
NAMES = {variable.name for variable in settings.VARIABLES}
FILES = [file for package in PRODUCT for file in sorted((ROOT / package).rglob("*.py"))] + [ROOT / "app.py"]


def _reads_the_environment(file: Path) -> bool:
    names = {"environ", "environb", "getenv"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in names:
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "os" and names & {entry.name for entry in node.names}:
            return True
    return False


def test_only_settings_reads_the_environment():
    readers = [file.relative_to(ROOT).as_posix() for file in FILES if _reads_the_environment(file)]
    assert readers == ["pinpoint/settings.py"]


def _written_names(node: ast.AST) -> set[str]:
    """Names of variables that a node holds: ours by their beginning, others where they are read."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value} if re.fullmatch(r"PINPOINT_[A-Z_]+", node.value) else set()
    if isinstance(node, ast.keyword) and node.arg == "envvar":
        return {node.value.value}
    if isinstance(node, ast.Call) and "value" in (getattr(node.func, "attr", ""), getattr(node.func, "id", "")):
        return {entry.value for entry in node.args if isinstance(entry, ast.Constant) and isinstance(entry.value, str)}
    return set()


def test_every_name_in_the_code_stands_in_the_table_and_the_other_way_round():
    texts = [file.read_text(encoding="utf-8") for file in FILES if "variables" not in file.name]
    trees = [ast.parse(text) for text in texts if "settings" in text or "PINPOINT_" in text]
    assert set().union(*(_written_names(node) for tree in trees for node in ast.walk(tree))) == NAMES


def test_every_name_in_the_documents_stands_in_the_table():
    for document in ("README.md", "SECURITY.md", "Makefile", "docs/guides/settings.md"):
        named = set(re.findall(r"PINPOINT_[A-Z_]*[A-Z]", (ROOT / document).read_text(encoding="utf-8")))
        assert named <= NAMES, document


TYPOS = [  # (name, nearest or "", reason)
    ("PINPOINT_LLM_MODL", "PINPOINT_LLM_MODEL", "a letter is missing"),
    ("PINPOINT_UPLOAD", "PINPOINT_UPLOADS", "the singular"),
    ("PINPOINT_OPEN_NETWORK", "", "one of ours"),
    ("PINPOINTS", "", "somebody else's"),
    ("INDEX_DIRECTORY", "", "it does not begin as ours do, so that it may be anybody's"),
    ("_PINPOINT_COMPLETE", "", "what shell completion sets"),
]


@pytest.mark.parametrize(("name", "nearest", "reason"), TYPOS, ids=[row[-1] for row in TYPOS])
def test_a_variable_that_would_do_nothing_is_named(name, nearest, reason):
    said = list(settings.doubtful_variables({name: "1"}))
    assert (len(said) == 1 and said[0].startswith(name) and said[0].endswith(f"{nearest}.")) if nearest else not said


def test_values_are_read_without_blanks(monkeypatch):
    monkeypatch.setenv("PINPOINT_UPLOADS", " 1 ")
    monkeypatch.delenv("INDEX_DIR", raising=False)
    assert (settings.value("PINPOINT_UPLOADS"), settings.value("INDEX_DIR")) == ("1", "")
    with pytest.raises(KeyError):
        settings.value("PINPOINT_UPLOAD")


def test_the_table_in_markdown():
    lines = settings.table().splitlines()
    assert len(lines) == 2 + len(settings.VARIABLES)
    assert len({line.count("|") for line in lines}) == 1, "a bar within a cell would break the table"
