"""Dependencies of rows: nothing that reading a file imports is forgotten, and nothing else counts."""

import ast
import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from ingest import dependencies

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("citations", "index", "ingest", "pinpoint")
NO_ROWS = {
    "citations/__init__.py": "a docstring",
    "index/__init__.py": "a docstring",
    "index/documents/__init__.py": "a docstring",
    "ingest/__init__.py": "a docstring",
    "ingest/corpus/__init__.py": "a docstring",
    "ingest/corpus/manifest.py": "what it says of a document is in the key field by field",
    "ingest/document_keys.py": "the keys themselves",
    "pinpoint/__init__.py": "the Python interface, which reads no file",
    "pinpoint/errors.py": "a document that fails has no rows",
}
NO_PARSERS = {
    "numpy": "counts the pixels that pypdfium2 draws",
    "rapidocr": "a part of the key of documents with scanned pages",
}
CHANGED = [  # (file, reason)
    ("ingest/readers/markdown.py", "a reader"),
    ("ingest/readers/pdf/engine/runs.py", "a reader, folders deep"),
    ("ingest/structure/headings.py", "what finds sections"),
    ("citations/sections.py", "the grammar of citations"),
    ("citations/parallel_sections.toml", "a table of citations"),
    ("pinpoint/records.py", "the stored records"),
    ("index/documents/sentences.py", "where passages end"),
    ("index/documents/section_tree.py", "the section of a passage"),
    ("ingest/passages.py", "how passages are cut"),
]
UNCHANGED = [  # (file, reason)
    ("ingest/workers.py", "runs the readers, whatever they do"),
    ("ingest/pipeline.py", "decides what to read"),
    ("ingest/report.py", "the report is no row"),
    ("ingest/corpus/uploads.py", "puts files into the folder"),
    ("ingest/sources/fetch.py", "downloads files"),
    ("ingest/commands/report.py", "prints"),
    ("pdfview/render.py", "shows pages"),
    ("index/search.py", "searches rows that are there"),
    ("pinpoint/errors.py", "a document that fails has no rows"),
]
INGESTS = """
import json, sys, zlib
from pathlib import Path
import numpy as np
from ingest.dependencies import rows_digest
from ingest.pipeline import ingest_corpus
from ingest.workers import Limits


class Embedder:
    name, choice, digest, arithmetic = "test", "packaged", "1", "fp32"

    def encode(self, texts, progress=None):
        vectors = np.ones((len(texts), 8), dtype=np.float32)
        return vectors / np.float32(8**0.5)

    encode_queries = encode


def main(root, corpus, index, steps):
    for step in [None, *steps]:
        if step == "pypdf":
            (root / "pypdf-999.dist-info").mkdir()
            text = "Metadata-Version: 2.1\\nName: pypdf\\nVersion: 999\\n"
            (root / "pypdf-999.dist-info" / "METADATA").write_text(text)
        elif step:
            file = root / step
            file.write_text(file.read_text(encoding="utf-8") + "\\n# changed\\n", encoding="utf-8")
        rows_digest.cache_clear()  # as a new process would find it
        limits = Limits(seconds=100, processes=2)
        result = ingest_corpus(corpus, index, embedder=Embedder(), progress=lambda *_: None, limits=limits)
        print(json.dumps([step, [record.status for record in result.records]]))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), json.loads(sys.argv[4]))
"""


def _imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _files_of(module: str) -> set[Path]:
    """Files that an import of a module runs: its own, and the ``__init__`` of each package above it."""
    path = ROOT.joinpath(*module.split("."))
    packages = [path, *path.parents][: module.count(".") + 1]
    return {file for file in (path.with_suffix(".py"), *(p / "__init__.py" for p in packages)) if file.is_file()}


def _closure(module: str) -> tuple[set[str], set[str]]:
    """Files of ours that a module imports, however far, and the names of other modules that they import.

    The walk ends at files that make no rows: what they import makes none either.
    """
    ours, others, waiting = set(), set(), [module]
    while waiting:
        for file in _files_of(waiting.pop()):
            name = file.relative_to(ROOT).as_posix()
            if name not in ours and name not in NO_ROWS:
                imported = _imported(file)
                waiting += (other for other in imported if other.partition(".")[0] in PACKAGES)
                others |= {other.partition(".")[0] for other in imported} - set(PACKAGES)
            ours.add(name)
    return ours, others


@pytest.fixture
def copied(tmp_path):
    """A copy of the packages, which a test may change."""
    for package in (*PACKAGES, "pdfview"):
        shutil.copytree(ROOT / package, tmp_path / "code" / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "code"


def test_everything_that_reading_a_file_imports_is_digested():
    imported, _ = _closure("ingest.parsing")
    digested = {file.relative_to(ROOT).as_posix() for file in dependencies.row_files(ROOT)}
    forgotten = imported - digested - set(NO_ROWS)
    assert not forgotten, "name them in ingest/dependencies.py, or here with the reason why no row depends on them"
    assert set(NO_ROWS) <= imported, "a reason for a module that is not imported explains nothing"
    assert len(imported) > 40, "the walk over the imports finds the readers"
    assert set(dependencies.MODULES) <= imported, "a module that is named but not imported counts for nothing"


def test_every_parser_that_reading_a_file_imports_is_digested():
    _, others = _closure("ingest.parsing")
    installed = metadata.packages_distributions()
    parsers = {name for name in others if name in installed} - set(NO_PARSERS)
    digested = {name for name in parsers if set(installed[name]) & set(dependencies.PARSERS)}
    assert parsers == digested
    assert set(NO_PARSERS) <= others, "a reason for a parser that is not imported explains nothing"
    assert {"pypdf", "lxml", "docx"} <= parsers
    assert "unknown" not in map(dependencies._version, dependencies.PARSERS)


@pytest.mark.parametrize(("file", "reason"), CHANGED)
def test_a_change_of_what_rows_depend_on_changes_the_digest(copied, file, reason):
    before = dependencies.digest_of(copied)
    with (copied / file).open("a", encoding="utf-8") as stream:
        stream.write("\n# changed\n")
    assert dependencies.digest_of(copied) != before, reason


@pytest.mark.parametrize(("file", "reason"), UNCHANGED)
def test_a_change_of_anything_else_does_not(copied, file, reason):
    before = dependencies.digest_of(copied)
    with (copied / file).open("a", encoding="utf-8") as stream:
        stream.write("\n# changed\n")
    assert dependencies.digest_of(copied) == before, reason


@pytest.mark.parametrize("parser", dependencies.PARSERS)
def test_another_version_of_a_parser_changes_the_digest(copied, monkeypatch, parser):
    before = dependencies.digest_of(copied)
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "999" if name == parser else version(name))
    assert dependencies.digest_of(copied) != before


def test_a_new_reader_and_a_moved_one_change_the_digest(copied):
    digests = [dependencies.digest_of(copied)]
    (copied / "ingest/readers/new.py").write_text('"""A reader."""\n', encoding="utf-8")
    digests.append(dependencies.digest_of(copied))
    (copied / "ingest/readers/new.py").rename(copied / "ingest/readers/other.py")
    digests.append(dependencies.digest_of(copied))
    assert len(set(digests)) == 3


def test_a_folder_that_is_gone_is_an_error_and_no_empty_digest(copied):
    shutil.rmtree(copied / "ingest" / "structure")
    with pytest.raises(FileNotFoundError, match="structure"):
        dependencies.digest_of(copied)


def test_an_ingest_reads_again_after_what_rows_depend_on_changed_and_only_then(copied, ledger_corpus, tmp_path):
    (copied / "ingests.py").write_text(INGESTS, encoding="utf-8")
    changed = (
        "ingest/readers/markdown.py",
        "ingest/structure/headings.py",
        "citations/sections.py",
        "citations/parallel_sections.toml",
        "pinpoint/records.py",
        "pypdf",
    )
    other = ("ingest/workers.py", "ingest/report.py", "ingest/sources/fetch.py", "pdfview/render.py")
    steps = [*changed[:3], *other, *changed[3:]]
    done = subprocess.run(
        [sys.executable, "ingests.py", copied, ledger_corpus, tmp_path / "index", json.dumps(steps)],
        cwd=copied,
        env={**os.environ, "PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    statuses = dict(map(json.loads, done.stdout.splitlines()))
    assert statuses.pop(None) == ["read", "read"], "the first ingest"
    expected = {step: ["read" if step in changed else "unchanged"] * 2 for step in steps}
    assert statuses == expected
