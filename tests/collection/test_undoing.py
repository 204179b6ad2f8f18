"""Steps taken back: exactly, when nothing was done since; without losing what was done since, otherwise."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import editing
from collection.records import Collection
from collection.undoing import Step, removed_by, taken_back
from tests.collection.test_collection import key, named, texts

MARKS = st.lists(st.sampled_from([f"{a}{n}" for a in "ab-" for n in range(3)]), unique=True)
EDITS = st.sampled_from(
    [
        lambda c, n, _: editing.remove(c, editing.keys(c)[n]),
        lambda c, n, _: editing.put_under(c, editing.keys(c)[n], "z"),
        lambda c, n, _: editing.annotate(c, editing.keys(c)[n], "typed"),
        lambda c, n, _: editing.move(c, editing.keys(c)[n], 1),
        lambda c, *_: editing.gather(c),
        lambda c, *_: editing.retitle(c, "Other"),
        lambda *_: Collection(),
        lambda c, _, other: editing.merge(c, other),
        lambda *rest: rest[2],
    ]
)


@given(MARKS.filter(bool), MARKS, EDITS, st.integers(0, 8))
def test_a_step_taken_back_at_once_leaves_no_trace(marks, others, edit, position):
    before = named(*marks)
    after = edit(before, position % len(marks), named(*others))
    assert taken_back(after, Step(before, after)) == before


SINCE = [  # (before, the step, what was done since, after taking the step back, reason)
    ("a1 a2 a3", lambda c: editing.remove(c, key("a2")), lambda c: editing.move(c, key("a1"), 1), "a3 a1 a2", "moved"),
    (
        "a1 a2",
        lambda _: Collection(),
        lambda c: editing.add(c, named("b1").excerpts[0]),
        "a1 a2 b1",
        "cleared, then new",
    ),
    ("a1 a2", lambda _: named("b1"), lambda c: editing.merge(c, named("c1")), "a1 a2 c1", "replaced, then added to"),
    ("a1 a2", lambda c: editing.remove(c, key("a1")), lambda c: editing.merge(c, named("a1")), "a2 a1", "added again"),
    (
        "a1 a2 a3",
        lambda c: editing.remove(c, key("a1")),
        lambda c: editing.remove(c, key("a2")),
        "a1 a3",
        "another one",
    ),
]


@pytest.mark.parametrize(("marks", "step", "since", "order", "reason"), SINCE)
def test_what_was_done_since_stays(marks, step, since, order, reason):
    before = named(*marks.split())
    after = step(before)
    assert sorted(texts(taken_back(since(after), Step(before, after))).split()) == sorted(order.split()), reason


def test_a_note_typed_since_stays():
    before = named("a1", "a2")
    after = editing.remove(before, key("a1"))
    now = editing.annotate(after, key("a2"), "typed since")
    back = taken_back(now, Step(before, after))
    assert [one.note for one in back.excerpts] == ["", "typed since"] and texts(back) == "a1 a2"


def test_what_a_step_removed_is_known():
    before = editing.annotate(named("a1", "a2"), key("a1"), "mine")
    step = Step(before, editing.remove(before, key("a1")))
    assert removed_by(step, key("a1")) == before.excerpts[0] and before.excerpts[0].note == "mine"
    assert removed_by(step, key("a2")) is None
    assert removed_by(replace(step, after=before), key("a1")) is None
