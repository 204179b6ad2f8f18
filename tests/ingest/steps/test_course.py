"""How far an ingest is, and how long it will take: from the first moment, and closer to the truth as it goes on."""

import pytest

from ingest.commands.progress_shown import in_words
from ingest.report import IntakeRecord
from ingest.steps.course import Course, Standing


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def record(file, passages, pages=0):
    return IntakeRecord(file=file, status="read", passages=passages, pages=pages)


def followed():
    told, clock = [], Clock()
    return Course(told.append, clock), told, clock


def test_the_first_thing_told_says_how_long_it_will_take():
    course, told, _ = followed()
    course.begin({"a.pdf": 1_250_000, "b.md": 70_000})
    assert told[0].documents_total == 2 and 10 < told[0].left < 120, "1,100 passages at the usual rate"


def test_what_is_seen_replaces_what_was_supposed():
    course, told, clock = followed()
    course.begin({"a.pdf": 1_000_000, "b.pdf": 1_000_000})
    clock.now = 10
    course.embedding(0, 100)
    course.read(record("a.pdf", 100, 30))
    clock.now = 20
    course.embedding(50, 100)
    last = told[-1]
    assert (last.documents, last.pages, last.passages, last.embedded, last.rate) == (1, 30, 100, 50, 5.0)
    assert last.left == pytest.approx((50 + 100) / 5, abs=4), "50 are known, 100 more in a file like the first"


def test_small_files_that_come_first_tell_little_of_large_ones():
    course, told, clock = followed()
    course.begin({**{f"{number}.md": 2_000 for number in range(10)}, "large.pdf": 5_000_000})
    first = told[-1].left
    for number in range(10):
        clock.now += 1
        course.read(record(f"{number}.md", 3))
    assert told[-1].left < 1.5 * first, "ten small files in ten seconds are no 40 minutes for a large one"


def test_the_time_left_falls_to_nothing():
    course, told, clock = followed()
    course.begin({"a.md": 700_000})
    course.embedding(0, 1000)
    course.read(record("a.md", 1000))
    for done in range(100, 1001, 100):
        clock.now += 2
        course.embedding(done, 1000)
    course.step("terms", 500, 1000)
    course.step("verify", 1, 1)
    left = [standing.left for standing in told]
    assert left[-1] == 0 and left == sorted(left, reverse=True)
    assert [standing.step for standing in told][-3:] == ["embed", "terms", "verify"]


def test_what_is_embedded_when_all_is_read_counts_from_the_beginning():
    course, told, clock = followed()
    course.begin({"a.md": 700_000})
    before = told[-1].left
    clock.now = 2
    course.embed_later(1000)
    course.read(record("a.md", 1000))
    assert told[-1].left == pytest.approx(before, rel=0.1), "it is read, and all is still to be embedded"
    course.embedding(0, 1000)
    assert told[-1].left == pytest.approx(before, rel=0.1), "and counted once"


def test_what_goes_on_beside_embedding_is_not_told():
    course, told, _ = followed()
    course.begin({"a.md": 700})
    course.read(record("a.md", 2))
    course.embedding(1, 2)
    before = len(told)
    course.step("terms", 1, 2)
    assert len(told) == before
    course.embedding(2, 2)
    course.step("terms", 2, 2)
    assert told[-1].step == "terms"


def test_an_ingest_that_has_nothing_to_do_divides_by_nothing():
    course, told, _ = followed()
    course.begin({})
    course.embedding(0, 0)
    course.step("verify", 0, 0)
    assert all(standing.left == 0 for standing in told)


@pytest.mark.parametrize(
    ("standing", "words", "reason"),
    [
        (Standing(step="read", done=0, total=0), "about 1 s left", "nothing known"),
        (
            Standing(step="read", done=3, total=43, documents=3, documents_total=43, pages=812, passages=4210, left=95),
            "3 of 43 documents, 812 pages, 4,210 passages, about 2 min left",
            "reading",
        ),
        (
            Standing(step="embed", done=9, total=20, passages=20, embedded=9, rate=61.4, left=30),
            "20 passages, 9 of 20 embedded, 61 a second, about 30 s left",
            "embedding",
        ),
    ],
)
def test_people_are_told_in_a_line(standing, words, reason):
    assert in_words(standing) == words, reason
