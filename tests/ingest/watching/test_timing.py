"""When a watched folder is read, by a clock that the test moves."""

import pytest

from ingest.watching.snapshot import Snapshot
from ingest.watching.timing import Pace, Timing

PACE = Pace(settle=5, rest=60, longest=100)


def folder(content: str, root: int = 1) -> Snapshot:
    """A folder; each character is a file in some state."""
    return Snapshot(root=(1, root), files=tuple((name, (1, 1, 1)) for name in content))


LOOKS = [  # ([(second, folder or None, seconds left)], reason)
    ([(0, "a", 5), (3, "a", 2), (5, "a", 0)], "the first reading waits until the folder stood still"),
    ([(0, "a", 5), (4, "ab", 5), (9, "ab", 0)], "a change begins the waiting anew"),
    ([(0, "a", 5), (60, "ab", 5), (99, "abc", 1), (100, "abcd", 0)], "one that never stands still is read at last"),
    ([(0, None, 60), (60, "a", 5), (65, "a", 0)], "a folder that was not there has to stand still as well"),
    ([(0, "a", 5), (4, None, 60), (5, "a", 5), (10, "a", 0)], "one that went away meanwhile, too"),
]  # fmt: skip


@pytest.mark.parametrize(("looks", "reason"), LOOKS, ids=[row[-1] for row in LOOKS])
def test_the_first_reading(looks, reason):
    timing = Timing(PACE)
    for now, content, left in looks:
        assert timing.seconds_left(now, content and folder(content)) == left, (reason, now)


@pytest.fixture
def read():
    """A timing whose folder "a" was read at second 0 and ended well."""
    timing = Timing(PACE)
    timing.started(folder("a"))
    timing.ended(1, well=True)
    return timing


AFTER = [  # ([(second, folder or None, seconds left)], reason)
    ([(1, "a", 60), (61, "a", 60)], "nothing changed"),
    ([(10, "ab", 5), (15, "ab", 0)], "a file was added"),
    ([(10, "", 5), (15, "", 0)], "all were removed"),
    ([(10, "ab", 5), (12, "a", 60)], "a change that was taken back is none"),
    ([(10, None, 60), (70, "a", 60)], "the same files came back"),
]


@pytest.mark.parametrize(("looks", "reason"), AFTER, ids=[row[-1] for row in AFTER])
def test_a_later_reading(read, looks, reason):
    read.seconds_left(1, folder("a"))
    for now, content, left in looks:
        assert read.seconds_left(now, None if content is None else folder(content)) == left, (reason, now)


def test_another_folder_of_the_same_name_is_read_for_its_files_alone(read):
    assert read.seconds_left(1, folder("a", root=2)) == 60
    assert read.seconds_left(2, folder("b", root=2)) == 5


def test_who_asks_does_not_wait(read):
    read.seconds_left(1, folder("a"))
    read.ask()
    assert read.seconds_left(2, folder("ab")) == 0, "the folder changed just now"
    read.started(folder("ab"))
    assert read.seconds_left(3, folder("ab")) == 60, "once"


def test_a_failure_is_tried_again_later_and_later():
    timing, now, waits = Timing(PACE), 0.0, []
    for _ in range(8):
        timing.started(folder("a"))
        waits.append(timing.ended(now, well=False))
        assert timing.seconds_left(now + 1, folder("a")) == min(60, waits[-1] - 1)
        now += waits[-1]
        assert timing.seconds_left(now, folder("a")) <= 5
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    timing.started(folder("a"))
    timing.ended(now, well=True)
    timing.started(folder("a"))
    assert timing.ended(now, well=False) == 60, "what went well ends the row of failures"


def test_a_failure_is_tried_again_as_soon_as_a_file_changes():
    timing = Timing(PACE)
    timing.seconds_left(0, folder("a"))
    timing.started(folder("a"))
    timing.ended(1, well=False)
    assert timing.seconds_left(10, folder("b")) == 5
    assert timing.seconds_left(15, folder("b")) == 0
