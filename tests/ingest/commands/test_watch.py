"""``pinpoint watch`` as an administrator runs it: real files, real signals, a real ingest in a process of its own."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.generations.read import current_generation, intake_report
from index.generations.rows import load_documents, load_parsed
from index.generations.writer_lock import is_locked, under_way, writing
from ingest.commands.watch import watch

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 240
"""Seconds that the test waits for one thing."""


class Watching:
    """A watch in a process, and the events that it prints."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pinpoint", "watch", *map(str, arguments), "--settle", "0.5", "--json"],
            cwd=ROOT,
            env={**os.environ, "PINPOINT_PROCESSES": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._events = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self):
        with self.process:
            for line in self.process.stdout:
                self._events.put(json.loads(line))
            self._events.put({"event": "ended", "message": self.process.stderr.read()})

    def next(self, event):
        """The next event, which is of this kind."""
        found = self._events.get(timeout=LONGEST)
        assert found["event"] == event, found
        return found

    def end(self):
        """Ask it to end; gives its exit code and what it said of failures."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self):
        """Its exit code and what it said of failures."""
        said = self.next("ended")["message"]
        self._thread.join(LONGEST)
        return self.process.returncode, said


def texts(index_dir):
    folder = current_generation(index_dir)
    return sorted(repr(load_parsed(folder, name).document) for name in load_documents(folder))


@pytest.mark.slow
@pytest.mark.timeout(900)  # six ingests, each in a process of its own: 14 s, and 206 s on a machine with load 7
def test_a_folder_is_watched(ledger_corpus, tmp_path):
    index_dir = ledger_corpus / "index"  # what the ingest writes there is no change
    watching = Watching(ledger_corpus, "--index", index_dir, "--generations", "0")
    try:
        watching.next("watching")
        first = watching.next("read")
        assert first["counts"] == {"read": 2} and first["changed"]
        (ledger_corpus / "first.md").rename(ledger_corpus / "renamed.md")
        (ledger_corpus / "broken.pdf").write_bytes(b"%PDF-1.7\nno PDF\n")
        second = watching.next("read")
        assert second["counts"]["damaged"] == 1 and second["failures"][0]["file"] == "broken.pdf"
        assert first["generation"] in watching.next("pruned")["message"]
        (ledger_corpus / "manifest.toml").write_text("[search]\nprefer = [", encoding="utf-8")
        assert "manifest.toml" in watching.next("failed")["message"]
        assert current_generation(index_dir).name == second["generation"], "the old one serves"
        (ledger_corpus / "manifest.toml").unlink()
        (ledger_corpus / "broken.pdf").unlink()
        third = watching.next("read")
        assert sum(third["counts"].values()) == 2 and not third["failures"]
        watching.next("pruned")
        watching.process.send_signal(signal.SIGHUP)
        assert not watching.next("read")["changed"], "asked for, and nothing changed meanwhile"
    finally:
        code, said = watching.end()
    assert code == 0 and "broken.pdf: damaged" in said and "Traceback" not in said
    fresh = tmp_path / "fresh"
    shutil.copytree(ledger_corpus, fresh, ignore=shutil.ignore_patterns("index"))
    once = Watching(fresh, "--index", tmp_path / "fresh-index", "--once")
    assert [once.next(event)["event"] for event in ("watching", "read")] and once.ended() == (0, "")
    assert texts(index_dir) == texts(tmp_path / "fresh-index")


@pytest.mark.slow
def test_an_end_in_the_middle_of_an_ingest_leaves_the_index_as_it_was(ledger_corpus, tmp_path):
    index_dir = tmp_path / "index"
    with writing(index_dir, ledger_corpus):  # by somebody else, so that the watch has to wait
        watching = Watching(ledger_corpus, "--index", index_dir)
        watching.next("watching")
        assert f"process {os.getpid()}" in watching.next("waiting")["message"]
    deadline = time.monotonic() + LONGEST
    while under_way(index_dir) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert watching.end() == (0, "")
    assert not is_locked(index_dir) and not list(index_dir.glob("*/generation.json"))


REFUSED = [  # (arguments, what is said, reason)
    (["{folder}/none"], "is not a folder", "a folder that is not there"),
    (["--index", "{folder}/none"], "Name the folder to watch", "no folder, and no index that remembers one"),
    (["{folder}", "--every", "0"], "--every", "all the time"),
]


@pytest.mark.parametrize(("arguments", "said", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_what_is_refused(tmp_path, arguments, said, reason):
    result = CliRunner().invoke(watch, [argument.format(folder=tmp_path) for argument in arguments])
    assert (result.exit_code, said in result.output) == (2, True), reason


def test_an_ingest_does_not_read_its_own_index(ledger_corpus, run_ingest):
    index_dir = ledger_corpus / "index"
    run_ingest(ledger_corpus, index_dir)
    run_ingest(ledger_corpus, index_dir)
    assert {file["file"] for file in intake_report(current_generation(index_dir))["files"]} == {"first.md", "second.md"}
