"""The watch by a clock, a folder and ingests of the test; then over real files."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.watching.snapshot import Snapshot, take_snapshot
from ingest.watching.timing import Pace, Timing
from ingest.watching.watcher import Surroundings, Watcher

FILES = {"a.md": "read", "b.pdf": "damaged"}


def report(statuses=None, *, changed=True, generation="g1", removed=()):
    """What an ingest prints."""
    files = [
        {"file": file, "status": status, "reason": "Why."} for file, status in (statuses or {"a.md": "read"}).items()
    ]
    return {"generation": generation, "seconds": 1.5, "changed": changed, "files": files, "removed": [*removed]}


def ended(printed=None, message=""):
    """An ingest that has ended."""
    return SimpleNamespace(state="done", report=printed or {}, message=message, wait=lambda _: None, stop=lambda: None)


@dataclass
class World:
    """A folder, ingests and a clock; ``script`` is done second by second, and the watch ends behind it."""

    script: dict[float, Callable[["World"], None]]
    until: float
    runs: list = field(default_factory=list)
    folder: Snapshot | None = Snapshot(root=(1, 1), files=(("a.md", (1, 1, 1)),))
    other: str = ""
    clock: float = 0.0
    told: list = field(default_factory=list)
    started: list = field(default_factory=list)
    followed: list = field(default_factory=list)
    waits: list = field(default_factory=list)

    def watcher(self) -> Watcher:
        self.made = Watcher(
            Timing(Pace(settle=5, rest=60)),
            Surroundings(
                look=lambda: self.folder,
                start=self._start,
                writing=lambda: self.other,
                prune=lambda: "Removed g0.",
                now=lambda: self.clock,
                wait=self._wait,
                follow=lambda: self.followed.append(self.clock),
                tell=self.told.append,
            ),
        )
        return self.made

    def _start(self):
        self.started.append(self.clock)
        run = self.runs.pop(0) if self.runs else ended(report(changed=False))
        if isinstance(run, OSError):
            raise run
        return run

    def _wait(self, seconds):
        """Time goes by; something that happens wakes the watch."""
        assert seconds > 0, "a watch that does not wait keeps the machine busy"
        self.waits.append(seconds)
        then = self.clock + seconds
        next_one = min((second for second in self.script if second > self.clock), default=self.until)
        self.clock = min(then, next_one, self.until)
        if self.clock in self.script:
            self.script.pop(self.clock)(self)
        if self.clock >= self.until:
            self.made.stopped = True

    def put(self, *names):
        self.folder = Snapshot(
            root=self.folder.root if self.folder else (1, 2), files=tuple((n, (1, 1, 1)) for n in names)
        )


def events(world):
    return [one.what for one in world.told]


def test_a_change_is_read_when_it_stands_still():
    world = World({20: lambda w: w.put("a.md", "b.md"), 22: lambda w: w.put("a.md", "b.md", "c.md")}, until=200)
    assert world.watcher().run() == 0
    assert world.started == [5, 27]
    assert events(world) == ["read", "read"]
    assert len(world.waits) < 20, "a folder at rest is looked at once a minute"


def test_what_is_done_by_itself_is_told_with_its_files():
    world = World({}, until=10, runs=[ended(report(FILES))])
    world.watcher().run()
    read, pruned = world.told
    assert (read.generation, read.changed, dict(read.counts)) == ("g1", True, {"read": 1, "damaged": 1})
    assert read.message == "Read: 1 read, 1 damaged; new generation g1; 1.5 s."
    assert list(read.failure_lines()) == ["b.pdf: damaged: Why."]
    assert pruned.message == "Removed g0."
    assert read.as_json()["failures"] == [{"file": "b.pdf", "status": "damaged", "reason": "Why."}]


def test_a_document_that_is_there_no_more_is_told():
    world = World({}, until=10, runs=[ended(report({"a.md": "unchanged"}, removed=["old.md"]))])
    world.watcher().run()
    assert world.told[0].message == "Read: 1 unchanged, 1 removed; new generation g1; 1.5 s."
    assert world.told[0].as_json()["removed"] == ["old.md"]
    assert world.told[0].as_json()["counts"] == {"unchanged": 1}, "no file of the report has this status"


def test_an_ingest_without_a_document_is_told():
    world = World({}, until=10, runs=[ended(report({"b.pdf": "damaged"}, generation="", changed=False))])
    world.watcher().run()
    assert "no document could be read" in world.told[0].message


def test_a_failure_is_told_and_tried_again():
    wrong = ended(message="manifest.toml, line 3: unknown key 'titel'.")
    world = World({}, until=400, runs=[wrong, wrong])
    world.watcher().run()
    assert world.started == [5, 65, 185]
    assert events(world) == ["failed", "failed", "read"]
    assert world.told[0].message == (
        "manifest.toml, line 3: unknown key 'titel'. The index in use serves. Tried again when a file changes, else in "
        "60 s."
    )


def test_a_process_that_cannot_be_started_is_no_end():
    world = World({}, until=80, runs=[OSError(11, "Resource temporarily unavailable")])
    world.watcher().run()
    assert events(world) == ["failed", "read"] and "Resource temporarily unavailable" in world.told[0].message


def test_a_folder_that_goes_away_is_told_once_and_followed_when_it_is_back():
    def away(world):
        world.folder = None

    world = World({20: away, 300: lambda w: w.put("a.md", "b.md")}, until=500)
    world.watcher().run()
    assert events(world) == ["read", "gone", "back", "read"]
    assert world.followed == [0, 300] and world.started == [5, 305]


def test_another_folder_of_the_same_name_is_followed():
    world = World({20: lambda w: setattr(w, "folder", replace(w.folder, root=(1, 9)))}, until=100)
    world.watcher().run()
    assert world.followed == [0, 20] and world.started == [5]


def test_another_ingest_is_waited_for_and_told_once():
    def begins(world):
        world.other = "started by jane"

    world = World({4: begins, 30: lambda w: setattr(w, "other", "")}, until=100)
    world.watcher().run()
    assert [one.message for one in world.told][:1] == ["Waiting for another ingest, started by jane."]
    assert events(world) == ["waiting", "read"] and world.started == [30]


def test_who_asks_is_served_at_once():
    world = World({20: lambda w: w.made.timing.ask()}, until=50)
    world.watcher().run()
    assert world.started == [5, 20]


class Running(SimpleNamespace):
    """An ingest that runs until it is stopped; the watch is stopped while it runs."""

    state, report, message = "running", {}, ""

    def __init__(self, world):
        super().__init__(world=world, stops=0)

    def wait(self, _):
        self.world.made.stopped = True
        if self.stops:
            self.state = "stopped"

    def stop(self):
        self.stops += 1


@pytest.mark.parametrize(("once", "code"), [(False, 0), (True, 130)])
def test_a_watch_that_is_ended_ends_its_ingest(once, code):
    world = World({}, until=100)
    run = Running(world)
    world.runs = [run]
    assert world.watcher().run(once=once) == code
    assert (run.stops, events(world)) == (1, [])


ONCE = [  # (ingest, exit code, reason)
    (ended(report()), 0, "all documents"),
    (ended(report(FILES)), 3, "some failed"),
    (ended(message="No space left."), 2, "nothing was read"),
]


@pytest.mark.parametrize(("run", "code", "reason"), ONCE, ids=[row[-1] for row in ONCE])
def test_once(run, code, reason):
    world = World({}, until=1000, runs=[run])
    assert world.watcher().run(once=True) == code, reason
    assert world.started == [5]


# Over real files.

NAMES = ["a.md", "b.txt", "sub/c.md", "sub/deep/d.html", "moved/e.md"]
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.integers(0, 3)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.integers(0, len(NAMES) - 1)),
    st.tuples(st.just("move folder"), st.sampled_from(["sub", "moved"]), st.integers(0, 1)),
    st.tuples(st.just("away"), st.just(""), st.just(0)),
    st.tuples(st.just("manifest"), st.just(""), st.integers(0, 1)),
)


def do(corpus: Path, step: str, name: str, number: int) -> None:
    """Do one thing to a folder, as far as it can be done."""
    file, away = corpus / name, corpus.with_name("away")
    if step == "away":
        here, there = (away, corpus) if away.exists() else (corpus, away)
        here.rename(there)
    elif not corpus.exists():
        return
    elif step == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# Ledger {number}\n\nThe quetzal ledger number {number} is open.\n", encoding="utf-8")
    elif step == "remove":
        file.unlink(missing_ok=True)
    elif step == "rename" and file.exists():
        target = corpus / NAMES[number]
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)
    elif step == "move folder" and file.exists():
        target = corpus / ("sub2" if number else "moved2")
        shutil.rmtree(target, ignore_errors=True)
        file.rename(target)
    elif step == "manifest":
        text = "[search]\nprefer = [" if number else ""  # no TOML: the old generation serves
        (corpus / "manifest.toml").write_text(text, encoding="utf-8")


def content(corpus: Path) -> dict[str, str]:
    """The text of each file: what an ingest would read."""
    files = (file for file in corpus.rglob("*") if file.is_file())
    return {file.relative_to(corpus).as_posix(): file.read_text(encoding="utf-8") for file in files}


@given(steps=st.lists(st.tuples(STEPS, st.sampled_from([0.5, 3, 8, 70])), max_size=12))
def test_whatever_is_done_to_a_folder_it_is_read_as_it_is_in_the_end(steps, tmp_path_factory):
    corpus = tmp_path_factory.mktemp("watched") / "corpus"
    corpus.mkdir()
    (corpus / "first.md").write_text("# First\n", encoding="utf-8")
    was_read: list[dict[str, str]] = []

    def start():
        if "prefer = [" in content(corpus).get("manifest.toml", ""):
            return ended(message="manifest.toml is wrong.")
        was_read.append(content(corpus))
        return ended(report())

    script, second = {}, 0.0
    for step, pause in steps:
        second += pause
        script[second] = lambda _, step=step: do(corpus, *step)
    last = second + 1
    script[last] = lambda _: [corpus.exists() or do(corpus, "away", "", 0), do(corpus, "manifest", "", 0)]
    world = World(script, until=last + 200)
    watcher = world.watcher()
    watcher._around = replace(watcher._around, look=lambda: take_snapshot(corpus), start=start)
    watcher.run()
    assert was_read[-1] == content(corpus)
    assert len(was_read) <= len(steps) + 2, "nothing is read twice for one change"
