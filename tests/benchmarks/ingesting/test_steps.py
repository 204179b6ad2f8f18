"""Lines of progress become steps, with what lies between them."""

import json

import pytest

from benchmarks.ingesting.steps import Line, StepTime, done_in, profile, read_lines


def _said(step, done, total, **more):
    return json.dumps({"step": step, "done": done, "total": total, **more})


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        (_said("read", 1, 3), [Line(2.0, "read", 1, 3)], "a line of progress"),
        ("Loading weights: 100%", [], "what a library says is left out"),
        ('{"error": "corpus is not a folder."}', [], "an error is no step"),
        ("[1, 2]", [], "JSON, but no object"),
        (
            _said("read", 1, 3, documents=1, documents_total=3, embedded=8),
            [Line(2.0, "embed", 8, 0), Line(2.0, "read", 1, 3)],
            "embedding goes on beside reading",
        ),
        (_said("terms", 0, 9, embedded=0), [Line(2.0, "terms", 0, 9)], "nothing was embedded"),
    ],
)
def test_progress_is_found_among_other_lines(text, found, reason):
    assert read_lines([(2.0, text)]) == found, reason


def test_a_count_that_stands_still_says_nothing_new():
    lines = read_lines([(1.0, _said("read", 1, 9, embedded=4)), (2.0, _said("read", 2, 9, embedded=4))])
    assert [(line.at, line.step) for line in lines] == [(1.0, "embed"), (1.0, "read"), (2.0, "read")]


def test_units_of_several_steps_are_added():
    lines = [Line(0, "embed", 0, 8), Line(1, "embed", 8, 8), Line(2, "sentences", 5, 9), Line(3, "read", 4, 4)]
    assert done_in(lines, "embed", "sentences") == 13
    assert done_in(lines, "verify") == 0, "it was killed before"


def test_steps_that_follow_each_other_leave_gaps():
    lines = [Line(1.0, "read", 0, 2), Line(3.0, "read", 2, 2), Line(3.0, "embed", 0, 9), Line(7.0, "embed", 9, 9)]
    assert profile(lines, 8.0) == (
        StepTime("before the first", 0.0, 1.0),
        StepTime("read", 1.0, 3.0, 2),
        StepTime("embed", 3.0, 7.0, 9),
        StepTime("after embed", 7.0, 8.0),
    )


def test_steps_may_overlap():
    lines = [Line(0.0, "read", 0, 3), Line(1.0, "embed", 1, 9), Line(4.0, "read", 3, 3), Line(6.0, "embed", 9, 9)]
    steps = profile(lines, 6.0)
    assert [(step.step, step.seconds) for step in steps] == [("read", 4.0), ("embed", 5.0)], "no gap between them"


def test_a_run_that_says_nothing_is_one_gap():
    assert profile([], 2.0) == (StepTime("before the first", 0.0, 2.0),)
