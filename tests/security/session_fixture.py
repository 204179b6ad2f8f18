"""One whole session without network, for the tests of what it reached and what it left behind."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.app_server import CHROMIUM, CHROMIUM_ARGS, ROOT


@pytest.fixture(scope="session")
def sealed_session(
    make_printed_corpus: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Path:
    """Folder of one whole session without network, run once for all workers: see ``sealed_session.py``."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: apt-get install chromium")
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "sealed"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            _run_sealed_session(folder, make_printed_corpus)
    ended = json.loads((folder / "evidence" / "ended.json").read_text(encoding="utf-8"))
    assert ended["code"] == 0, ended["output"]
    return folder


def _run_sealed_session(folder: Path, make_printed_corpus: Callable[[Path], Path]) -> None:
    for name in ("home", "tmp", "given", "logs", "evidence", "code", "audit"):
        (folder / name).mkdir(parents=True)
    for name in (
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
        "ui",
        "app.py",
        ".streamlit",
    ):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / "code" / name)
    make_printed_corpus(folder / "corpus")
    home = folder / "home"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "COV_", "PINPOINT", "STREAMLIT", "HF_"))
    }
    environment |= {
        "HOME": str(home),
        "TMPDIR": str(folder / "tmp"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "INDEX_DIR": str(folder / "index"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "security" / "watch"), str(folder / "code")]),
        "PINPOINT_WATCH": str(folder / "evidence" / "watched.jsonl"),
        "CHROMIUM_ARGS": json.dumps(CHROMIUM_ARGS),
        "PINPOINT_AUDIT_LOG": str(folder / "audit" / "log.jsonl"),
    }
    command = [*_without_network(), sys.executable, str(ROOT / "tests" / "security" / "sealed_session.py"), str(folder)]
    ended = subprocess.run(command, cwd=folder / "code", env=environment, capture_output=True, text=True, check=False)
    (folder / "evidence" / "ended.json").write_text(
        json.dumps({"code": ended.returncode, "output": ended.stdout + ended.stderr}), encoding="utf-8"
    )


def _without_network() -> list[str]:
    """The words before a command that take the network from it; none where that is not allowed."""
    for words in (["unshare", "-rn"], ["unshare", "-n"]):
        if shutil.which("unshare"):
            tried = subprocess.run([*words, "true"], capture_output=True, check=False)
            if tried.returncode == 0:
                return words
    return []
