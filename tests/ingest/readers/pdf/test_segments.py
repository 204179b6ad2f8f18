"""Runs joined in a row: text drawn twice, words struck out."""

from collections import Counter

import pytest

from ingest.readers.pdf.apart.struck import set_struck_apart
from ingest.readers.pdf.engine.runs import Run
from ingest.readers.pdf.segments import STRUCK_CLOSE, STRUCK_OPEN, to_segments
from ingest.records import Fragment, RawBlock


def run(text: str, x0: float, x1: float, y: float = 700, **more) -> Run:
    return Run(text, x0, x1, y, 12, **more)


@pytest.mark.parametrize(
    ("runs", "expected", "doubled", "why"),
    [
        ([run("one", 72, 90), run("one", 72.4, 90.4)], ["one"], 1, "imitated bold"),
        (
            [run("one", 72, 90), run("two", 72, 90, 686), run("one", 72.4, 90.4), run("two", 72.4, 90.4, 686)],
            ["one", "two"],
            2,
            "a block drawn twice",
        ),
        ([run("one", 72, 90), run("one", 72.3, 90.3), run("one", 72.3, 90.3, 700.3)], ["one"], 2, "three times"),
        ([run("one", 72, 90), run("one", 120, 138)], ["one", "one"], 0, "the same word further on"),
        ([run("one", 72, 90), run("one", 72, 90, 686)], ["one", "one"], 0, "the same word below"),
        ([run("l", 72, 73.4), run("l", 73.4, 74.8)], ["ll"], 0, "a narrow character beside the same one"),
        ([run("form\u00ad", 72, 96), run("914", 96, 114)], ["form-914"], 0, "a drawn soft hyphen inside of a line"),
        ([run("appli\u00ad", 72, 96)], ["appli\u00ad"], 0, "at the end of a line it may go"),
    ],
)
def test_segments(runs, expected, doubled, why):
    segments, count = to_segments(runs, Counter())
    assert ([segment.text for segment in segments], count) == (expected, doubled), why


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["It may <old> act."], [("It may act.", ((7, "old"),))]),
        (["It <may>."], [("It.", ((2, "may"),))]),
        (["<Old> It may."], [("It may.", ((0, "Old"),))]),
        (["It <may> <not> act."], [("It act.", ((3, "may not"),))]),
        (["sub<old>new"], [("subnew", ((3, "old"),))]),
        (["One.", "<Two.>", "Three."], [("One.", ((4, "Two."),)), ("Three.", ())]),
        (["<One.>", "Two."], [("Two.", ((0, "One."),))]),
        (["One."], [("One.", ())]),
    ],
)
def test_struck_words_stand_apart_with_their_position(texts, expected):
    marked = [text.replace("<", STRUCK_OPEN).replace(">", STRUCK_CLOSE) for text in texts]
    blocks = set_struck_apart([RawBlock("paragraph", (Fragment(text, 1),)) for text in marked])
    assert [(block.text, block.struck) for block in blocks] == expected
