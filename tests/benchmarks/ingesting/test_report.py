"""Tables and plot of what was measured; what was not measured is not shown."""

import json
from xml.etree import ElementTree

import pytest

from benchmarks.ingesting.first_search import FirstSearch, count_hits
from benchmarks.ingesting.kills import Kill, compare, summary
from benchmarks.ingesting.report import LANGCHAIN, OURS, Measured, markdown, median_run, memory_plot, reach
from benchmarks.ingesting.running import Run
from benchmarks.ingesting.steps import Line
from benchmarks.plots import Line as PlotLine
from benchmarks.plots import plot

GB = 2**30


def _run(seconds, *, processor=1.0, lines=(), memory=((0.1, GB), (0.2, GB // 2)), **report):
    said = {"counts": {"read": 2, "unchanged": 1}, "passages": 1234, **report}
    return Run(seconds=seconds, processor=processor, memory=memory, lines=tuple(lines), report=said)


def test_a_program_is_held_against_the_others_of_its_round():
    measured = Measured(
        colds={
            OURS: [_run(10, processor=5), _run(20, processor=8)],
            "abc": [_run(40, processor=10), _run(40, processor=10)],
        },
        against="abc",
    )
    rows = reach(measured)
    assert rows[0][:2] == ("cold ingest against the build of commit abc", "0.375 (processor 0.650)"), "median of rounds"
    assert rows[1][:2] == ("peak memory of all processes", "1.00 GB")


def test_what_was_not_measured_is_not_shown():
    assert reach(Measured()) == [] and markdown(Measured()) == ""
    assert reach(Measured(colds={LANGCHAIN: [_run(1)]}, against="abc")) == [], "there is nothing of ours beside it"


def test_the_whole_page():
    usual = _run(10, lines=[Line(1, "embed", 100, 100), Line(1, "read", 4, 4)])
    kill = compare(
        5.0, [Line(4, "read", 4, 4), Line(4.5, "embed", 40, 100)], _run(7, lines=[Line(1, "embed", 64, 64)]), usual, ()
    )
    measured = Measured(
        colds={
            OURS: [_run(10, lines=[Line(1.0, "read", 0, 3), Line(4.0, "read", 3, 3)])],
            LANGCHAIN: [_run(20, failed=["x.pdf: E"])],
        },
        later={"one changed": _run(3, embedding="Embedding: int8 on onnxruntime.")}, changed="one changed",
        usual=usual, kills=[kill],
        embedding={
            "ours": 60.0, "default": 20.0, "ratio": 3.0, "texts": 512, "arithmetic": "bfloat16", "threads": 2,
            "choice": "Embedding: bf16 on torch.",
        },
        search=FirstSearch(4.0, 5.5, 10, lexical_first=True), failed={"unchanged": "it ended with 1"},
    )  # fmt: skip
    text = markdown(measured, "memory.svg")
    for wanted in (
        "| cold ingest against the LangChain pipeline | 0.500 (processor 1.00) |",
        "| embedding against sentence-transformers `encode` in fp32 | 3.00 × (bfloat16) |",
        "| start to the first search with hits | 5.5 s | ≤ 60 s |",
        "| killed and started again: embedded twice | 4.00% | ≤ 2 % |",
        "| one changed document | 3.0 s | ≤ 6 s |",
        "| cold | 10.0 | 1.00 | 1,024 | 3 | 1,234 |",
        "| read | 1.0 | 4.0 | 3.0 | 3 |",
        "LangChain pipeline left out x.pdf: E.",
        "Not measured: unchanged. it ended with 1",
        "![Memory over time](memory.svg)",
        "with `--lexical-first`: an index served 4.0 s",
        "| 5.0 | embed | 40 + 64 | 4 | 4 + 0 | 0 | 0.5 | 7.0 | 2.0 | equal |",
        "one changed: Embedding: int8 on onnxruntime.",
    ):
        assert wanted in text
    assert json.loads(json.dumps(measured.as_json()))["kills"][0]["twice_texts"] == 4


@pytest.mark.parametrize(
    ("seconds", "median"), [([3], 3), ([5, 1, 3], 3), ([4, 2], 2)], ids=["one", "three", "the faster of two"]
)
def test_the_median_run(seconds, median):
    assert median_run([_run(value) for value in seconds]).seconds == median


def test_a_kill_that_saved_nothing_did_it_all_twice():
    whole = [Line(1, "read", 4, 4), Line(2, "embed", 60, 60), Line(3, "sentences", 40, 40)]
    kill = compare(2.5, whole[:2], _run(10, lines=whole), _run(10, lines=whole), ("vectors.faiss by 1.0e-07",))
    assert (kill.twice_texts, kill.twice_documents, kill.step) == (60, 4, "embed")
    assert kill.in_hand == 0.5, "40 texts were left"
    done = compare(3.5, whole, _run(1), _run(10, lines=whole), ())
    assert done.in_hand == 0, "all texts had been embedded"
    said, share = summary(
        [kill, compare(0.1, [], _run(10, lines=whole), _run(10, lines=whole), ())], _run(10, lines=whole)
    )
    assert share == pytest.approx(0.3) and "30.00% of the texts, 60 of them at most" in said
    assert "1 of 2 indexes are equal" in said and "vectors.faiss by 1.0e-07" in said and "| 0.1 | starting |" in said


def test_a_kill_never_saves_more_than_there_is():
    usual = _run(10, lines=[Line(1, "embed", 60, 60)])
    kill = compare(1.0, [Line(1, "embed", 10, 60)], _run(9, lines=[Line(1, "embed", 48, 50)]), usual, ())
    assert isinstance(kill, Kill) and kill.twice_texts == 0, "two more were on the disk than it had said"


@pytest.mark.parametrize(
    ("said", "hits", "reason"),
    [
        ('{"hits": [{}, {}]}', 2, "two hits"),
        ('{"hits": []}', 0, "an index that has none"),
        ("Error: no index yet", 0, "an error is no hit"),
        ("", 0, "nothing was printed"),
        ("[{}]", 1, "a bare list"),
        ("3", 0, "JSON of another kind"),
    ],
)
def test_hits_are_counted(said, hits, reason):
    assert count_hits(said) == hits, reason


def test_memory_over_time_is_drawn_from_zero():
    drawn = ElementTree.fromstring(memory_plot([(OURS, _run(1)), ("gone", _run(1, memory=()))]))
    words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"0", "0.2", "1,000", "seconds", OURS} <= {*words} and "gone" not in words
    assert not list(drawn.iter("{http://www.w3.org/2000/svg}circle")), "many samples need no dots"
    assert memory_plot([]) == ""


def test_even_axes_end_at_a_round_number():
    drawn = ElementTree.fromstring(plot([PlotLine("one", ((0, 0), (130, 7)))], across="s", up="MB", even=True))
    words = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {"0", "140", "7"} <= words and "160" not in words
