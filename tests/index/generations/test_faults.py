"""Faults at any moment: a full or read-only disk, kills, files that change while they are read, swaps meanwhile."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from index.generations import rows
from index.generations.read import current_generation, generation_facts, serving_generation
from index.generations.retention import left_overs
from index.generations.rows import load_documents
from index.generations.writer_lock import writing
from index.search import load_index
from ingest.__main__ import main as ingest
from ingest.corpus import steady_file
from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.steps import reading
from pinpoint.errors import IndexNotWritable, UnreadableDocument
from pinpoint.files import file_sha256
from tests.hostile.kills import run_kills
from tests.ui.driver import go, new_app, press, shown
from ui.state import resources, session, widgets

ROOT = Path(__file__).resolve().parents[3]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"}


class _FullDisk:
    """Refuses change number ``fatal`` of the files under a folder, and all after it when ``lasting``."""

    folder, fatal, lasting, changes = "", 0, False, 0

    def __call__(self, event, given):
        if not self.folder or self.folder not in str(given[0] if given else ""):
            return
        if event in CHANGES or (event == "open" and isinstance(given[2], int) and given[2] & WRITING):
            if "mode=ro" in str(given[0]):
                return
            self.changes += 1
            if self.changes == self.fatal or (self.lasting and self.changes > self.fatal > 0):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(given[0]))


@pytest.fixture(scope="session")
def audited():
    disk = _FullDisk()
    sys.addaudithook(disk)  # for good: Python takes none away
    return disk


@pytest.fixture
def full_disk(audited, tmp_path):
    audited.folder, audited.fatal, audited.changes = str(tmp_path / "index"), 0, 0
    yield audited
    audited.folder = ""


def test_everything_is_on_the_disk_before_it_has_its_name(tiny_parsed, write_tiny, tmp_path, monkeypatch):
    """A power cut must not leave CURRENT naming a folder of empty files."""
    happened = []
    monkeypatch.setattr(os, "fsync", lambda opened: happened.append(Path(f"/proc/self/fd/{opened}").readlink().name))
    for name in ("rename", "replace"):
        real = getattr(Path, name)
        monkeypatch.setattr(
            Path, name, lambda path, new, real=real: happened.append(f"{path.name} is named") or real(path, new)
        )
    folder = write_tiny(tiny_parsed[:1])
    named, swapped = happened.index(f".building-{folder.name} is named"), happened.index("CURRENT.new is named")
    assert {file.name for file in folder.iterdir()} | {f".building-{folder.name}"} <= set(happened[:named])
    assert {"index", "CURRENT.new"} <= set(happened[named:swapped]), "the folder's name, and what CURRENT will say"
    assert "index" in happened[swapped:]


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_a_disk_that_is_full_at_any_change_leaves_the_old_generation_serving(
    tiny_parsed, write_tiny, tmp_path, full_disk, lasting
):
    index_dir = tmp_path / "index"
    small = tiny_parsed[:2]
    write_tiny(small)
    write_tiny(small)
    full_disk.changes = 0
    write_tiny(small)
    total = full_disk.changes
    assert total > 20, "files, folders, the swap and the removal of what was before"
    refused = 0
    for fatal in range(1, total + 1):
        before = current_generation(index_dir)
        full_disk.changes, full_disk.fatal, full_disk.lasting = 0, fatal, lasting
        try:
            write_tiny(small)
        except IndexNotWritable as error:
            refused += 1
            assert "is full" in str(error) and "--index" in str(error)
        full_disk.fatal = 0
        serving = serving_generation(index_dir)
        assert not serving.notice and len(load_documents(serving.folder)) == len(small), f"change {fatal} of {total}"
        assert serving.folder in (before, max(index_dir.glob("0*"))), "the old one, or the new one complete"
        assert lasting or not list(index_dir.glob(".building-*"))
    assert refused > total // 2
    write_tiny(small)
    assert left_overs(index_dir) == []


UNSHARED = """
import json, os, sys
from pathlib import Path
import index.models.embedding
from tests.hostile.kills import StandIn
index.models.embedding.PackagedEmbedder = StandIn
from click.testing import CliRunner
from datetime import date
from index.generations.read import current_generation
from index.generations.retention import left_overs
from index.search import load_index
from pinpoint.records import Filters
from ingest.__main__ import main

corpus, disk = map(Path, sys.argv[1:])
index_dir, said = disk / "index", {}

def ingest(name):
    result = CliRunner().invoke(main, [str(corpus), "--index", str(index_dir), "--progress-json"])
    found = load_index(index_dir, StandIn(), None).search("quetzal ledger", Filters(date(2026, 1, 1))).hits
    said[name] = [result.exit_code, result.stderr.splitlines()[-1], current_generation(index_dir).name, len(found),
                  len(left_overs(index_dir))]

ingest("first")
(corpus / "more.md").write_text("# More\\n\\n" + "The quetzal ledger grows. " * 2000, encoding="utf-8")
with (disk / "filler").open("wb") as filler:
    filler.write(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 30_000))
ingest("full")
(disk / "filler").unlink()
os.system(f"mount -o remount,ro {disk}")
ingest("read-only")
os.system(f"mount -o remount,rw {disk}")
ingest("again")
print(json.dumps(said))
"""


def test_a_real_disk_that_is_full_or_read_only(ledger_corpus, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=3m tmpfs {disk} && exec {sys.executable} -c "$0" {ledger_corpus} {disk}'
    if subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", disk], check=False, capture_output=True
    ).returncode:
        pytest.skip("no file system can be mounted here: it takes an administrator")
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, UNSHARED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert not done.returncode, done.stderr
    said = json.loads(done.stdout)
    code, error, before, found, left = said["full"]
    assert (code, before, left) == (2, said["first"][2], 0) and found
    assert str(disk) in error and "is full" in error and "more is needed" in error and "pinpoint prune" in error
    code, error, serving, found, _ = said["read-only"]
    assert (code, serving) == (2, before) and found
    assert "cannot be written to (Read-only file system)" in error and "--index FOLDER" in error
    assert said["again"][0] == 0 and said["again"][2] != before


@pytest.mark.timeout(300)
def test_an_ingest_that_is_killed_leaves_an_index_that_serves(ledger_corpus, tmp_path):
    """Three kills of ``python -m tests.hostile.kills``: by time, and before and after the swap."""
    folder = tmp_path / "kills"
    folder.mkdir()
    kills = list(run_kills(ledger_corpus, folder, times=3, seed=3))
    assert [kill.problems for kill in kills] == [()] * 3, kills
    assert all(kill.serves in ("old", "new") for kill in kills)


def test_a_lock_of_a_dead_process_blocks_nobody(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from index.generations.writer_lock import writing\n"
        "with writing(Path(sys.argv[1]), Path('corpus')): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    assert (tmp_path / ".ingesting.json").exists(), "its note is still there"
    with writing(tmp_path, tmp_path):
        pass


def test_an_ingest_can_wait_for_another_one(ledger_corpus, tmp_path, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    (tmp_path / "index").mkdir()
    held, release = threading.Event(), threading.Event()

    def lease():
        with FileLock(tmp_path / "index" / ".lock"):
            held.set()
            release.wait(60)

    holder = threading.Thread(target=lease)
    holder.start()
    held.wait(60)
    arguments = [str(ledger_corpus), "--index", str(tmp_path / "index")]
    assert CliRunner().invoke(ingest, arguments).exit_code == 2, "without --wait it refuses"
    threading.Timer(0.5, release.set).start()
    result = CliRunner().invoke(ingest, [*arguments, "--wait"])
    holder.join()
    assert result.exit_code == 0, result.output


ENTRY = ManifestEntry("first", "first.md", "First")


def _rewrite(path):
    path.write_text(path.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "times", "says", "reason"),
    [
        (_rewrite, 1, "", "changed once: read again, as it is now"),
        (_rewrite, 9, "changed while it was read", "changed each time"),
        (Path.unlink, 1, "was removed while the folder was read", "removed"),
    ],
)
def test_rows_and_digest_are_of_the_same_bytes(ledger_corpus, monkeypatch, change, times, says, reason):
    path, calls = ledger_corpus / "first.md", []

    def parse(path, entry, **settings):
        calls.append(path)
        parsed = parse_file(path, entry, **settings)
        if len(calls) <= times:
            change(path)
        return parsed

    monkeypatch.setattr(steady_file, "parse_file", parse)
    if says:
        with pytest.raises(UnreadableDocument, match=f"first.md {says}"):
            steady_file.parse_steady(path, ENTRY, crosswalk=())
        return
    document = steady_file.parse_steady(path, ENTRY, crosswalk=()).parsed.document
    assert document.sha256 == file_sha256(path) and "One line more." in document.text, reason


def test_files_that_change_between_the_survey_and_the_reading(ledger_corpus, tmp_path, run_ingest, monkeypatch):
    shutil.copy(ledger_corpus / "first.md", ledger_corpus / "copy.md")  # read in the name of both
    (ledger_corpus / "third.md").write_text("# Third\n\nSoon gone.\n", encoding="utf-8")
    parse_all = reading.parse_all
    changes = [lambda: (_rewrite(ledger_corpus / "copy.md"), (ledger_corpus / "third.md").unlink())]

    def later(jobs, limits):
        if changes:
            changes.pop()()
        return parse_all(jobs, limits)

    monkeypatch.setattr(reading, "parse_all", later)
    result = run_ingest(ledger_corpus, tmp_path / "index")
    records = {record.file: record for record in result.records}
    assert records["third.md"].status == "failed" and "was removed while" in records["third.md"].reason
    stored = {document.file: document.sha256 for document in load_documents(result.generation).values()}
    assert stored["copy.md"] == file_sha256(ledger_corpus / "copy.md")
    assert stored["first.md"] == file_sha256(ledger_corpus / "first.md"), "no copy of another text"


VERSION = re.compile(r"quetzal version(\d+)")


def _numbered(parsed, version):
    """Documents whose every passage says which version it is of."""
    text = f"The rule is of quetzal version{version:03d}"
    for one in parsed[:2]:
        passages = tuple(
            replace(p, text=text[: p.end - p.start].ljust(p.end - p.start), indexed_text=text) for p in one.passages
        )
        content = " " * len(one.document.text)
        for p in passages:
            content = content[: p.start] + p.text + content[p.end :]
        yield replace(one, document=replace(one.document, text=content, key=f"{version}"), passages=passages)


def test_a_run_of_the_app_keeps_to_one_generation_while_others_come_into_use(
    tiny_parsed, write_tiny, tmp_path, monkeypatch, fresh_app
):
    write_tiny(list(_numbered(tiny_parsed, 0)))
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    asked, done = [], threading.Event()
    ask = session.ask

    def watched(index, *given, **settings):
        made = ask(index, *given, **settings)
        asked.append((index.folder.name, resources.open_index().folder.name, made))
        return made

    monkeypatch.setattr(session, "ask", watched)

    def swap():
        for version in range(1, 21):
            write_tiny(list(_numbered(tiny_parsed, version)))
        done.set()

    app = new_app().run()
    app.text_input(key=widgets.QUESTION).set_value("quetzal version")
    swapping = threading.Thread(target=swap)
    swapping.start()
    seen = set()
    while not done.is_set() or len(seen) < 2:
        versions = set(VERSION.findall(press(app, "Ask")))
        assert len(versions) == 1, f"one run shows {versions}"
        seen |= versions
        if done.is_set() and len(seen) < 2:
            break
    swapping.join()
    assert asked and all(first == second == made.generation for first, second, made in asked)
    assert len({first for first, _, _ in asked}) > 1, "several generations came into use between the questions"
    index = load_index(tmp_path / "index", None, None)
    assert generation_facts(index.folder)["documents"] == 2
    assert rows.open_rows(index.folder).execute("SELECT count(*) FROM passages").fetchone()[0]


def test_the_app_says_on_every_page_that_another_generation_stands_in(
    tiny_index_dir, tmp_path, monkeypatch, fresh_app, tiny_parsed, write_tiny
):
    old, new = write_tiny(tiny_parsed), write_tiny(tiny_parsed)
    (new / "vectors.faiss").unlink()
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    app = new_app().run()
    for page in ("", "search", "library"):
        html = shown(go(app, page))
        assert "vectors.faiss is missing" in html, page
        assert f"The one that answers is {old.name}" in html and "made on" in html, page
    shutil.rmtree(new)
    (old / "vectors.faiss").unlink()
    app.run()
    html = "\n".join(part.proto.body for part in app.get("html"))
    assert "The index is damaged" in html and not app.exception
