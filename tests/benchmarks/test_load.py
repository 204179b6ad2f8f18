"""The load test itself: what it calls an error, another answer and growth; and a small share of it against the app."""

import asyncio
import json
import shutil
import weakref
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.app_session import Visitor, drawn_answer, serving
from benchmarks.load import run as load_command
from benchmarks.load.results import Load, Phase, Reply, Sample, markdown, memory_drawing
from benchmarks.load.run import Watch, answers_alone, copied, distinct, phase, visitors
from index.generations.read import current_generation
from index.models.embedding import PackagedEmbedder
from pinpoint.records import Filters
from ui.state import resources

SETTLE = resources._settle  # ``fresh_app`` spares it the tests of pages

ELIGIBLE = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
AWAY = "Who is the Secretary of Agriculture?"
STATEMENT = (
    '<li class="pp-statement pp-level-0"><span class="pp-chips"></span><div><blockquote>{}</blockquote>'
    '<p class="pp-cited"><a href="{}">8 CFR 1.1</a><span class="pp-tools"></span></p></div></li>'
)


@pytest.mark.parametrize(
    ("page", "answer", "reason"),
    [
        (STATEMENT.format("A &lt; B", "browse?x=1"), ("A < B | 8 CFR 1.1 | browse?x=1",), "text, citation and address"),
        (
            STATEMENT.format("A", "b") + STATEMENT.format("C", "d"),
            ("A | 8 CFR 1.1 | b", "C | 8 CFR 1.1 | d"),
            "in order",
        ),
        ('<p class="pp-reason">Not &amp; answered.</p>', ("Declined: Not & answered.",), "a refusal with its reason"),
        ("<p>Something else</p>", (), "neither"),
    ],
)
def test_what_counts_as_the_answer(page, answer, reason):
    assert drawn_answer(page) == answer, reason


def replies(*seconds, same=True, faults=()):
    return tuple(Reply(f"q{position}", position, value, same, faults) for position, value in enumerate(seconds))


def growing(by):
    return tuple(Sample(second, 500 + by * second / 60, "g") for second in range(0, 120, 5))


def test_figures_of_a_phase():
    found = Phase(2, 5.0, 10.0, replies(*range(1, 101)), 50.0, growing(3.0), 4)
    assert (found.within(0.5), found.within(0.95), found.within(1.0)) == (50, 95, 100)
    assert found.slope(0) == pytest.approx(3.0) and Phase(1, 0, 1, (), 0).slope(0) == 0
    figures = found.figures(60)
    assert (figures["questions_a_second"], figures["processor_seconds_a_question"]) == (10.0, 0.5)
    assert (figures["memory_mb_least"], figures["memory_mb_most"]) == (503, 506)
    assert Phase(1, 0, 1, (), 0).within(0.95) == 0


@pytest.mark.parametrize(
    ("main", "passed", "reason"),
    [
        (Phase(1, 1, 1, replies(0.5, 0.6), 0), True, "all well"),
        (Phase(1, 1, 1, replies(0.5, 2.1), 0), False, "too slow"),
        (Phase(1, 1, 1, replies(0.5, same=False), 0), False, "another answer"),
        (Phase(1, 1, 1, replies(0.5, faults=("ValueError",)), 0), False, "an exception on the page"),
        (Phase(1, 1, 1, replies(0.5), 0, faults=("An ingest ended with code 2",)), False, "an ingest that failed"),
    ],
)
def test_when_a_load_test_is_passed(main, passed, reason):
    steps = (Phase(9, 9, 10, replies(1.0), 0), Phase(9, 4, 10, replies(1.0, 1.1), 0), Phase(9, 1, 10, replies(3.0), 0))
    whole = Load("here", Phase(1, 0, 1, replies(0.4), 0), main, steps, 2.0, 0)
    assert whole.is_passed == passed and whole.as_json()["passed"] == passed, reason
    assert whole.capacity == steps[1]
    report = markdown(whole, "load.svg")
    assert "0.20 questions a second" in report and "](load.svg)" in report and json.dumps(whole.as_json())


def test_the_drawing_marks_new_generations():
    found = Phase(1, 1, 10, (), 0, (Sample(0, 5, "a"), Sample(5, 6, "b"), Sample(10, 6, "b")))
    assert memory_drawing(found).count("v6") == 1 and "at most 6 MB" in memory_drawing(found)


def test_questions_come_evenly_from_all_files(tmp_path):
    for name in "ab":
        lines = (json.dumps({"question": f"{name}{n % 9}"}) for n in range(10))
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    assert distinct([tmp_path / "a", tmp_path / "b"], 6) == ["a0", "a3", "a6", "b0", "b3", "b6"]


def test_an_index_of_an_unknown_folder_is_loaded_only_without_ingests(tiny_index_dir, tmp_path):
    index, _ = copied(tiny_index_dir, None, tmp_path)
    refused = CliRunner().invoke(load_command.main, ["--index", str(index)])
    assert refused.exit_code == 1 and "--no-ingest" in refused.output


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.timeout(300)
def test_a_small_share_of_the_load_test_against_the_app(tiny_corpus, run_ingest, tmp_path):
    run_ingest(tiny_corpus, tmp_path / "made", embedder=PackagedEmbedder())
    index, corpus = copied(tmp_path / "made", tiny_corpus, tmp_path / "copy")
    assert (tmp_path / "made" / "CURRENT").read_bytes() == (index / "CURRENT").read_bytes() and corpus != tiny_corpus

    async def run():
        with serving(index) as (address, process):
            answers, alone = await answers_alone(address, [ELIGIBLE, AWAY], Watch(process, index))
            async with visitors(address, 3) as opened:
                main = await phase(opened, answers, Watch(process, index), pause=0.3, seconds=3, corpus=corpus)
            async with Visitor(address) as visitor:
                others = {ELIGIBLE: answers[AWAY]}
                wrong = await phase([visitor], others, Watch(process, index), pause=0.1, seconds=0.5)
        return answers, alone, main, wrong

    answers, alone, main, wrong = asyncio.run(run())
    assert "(d) Hardship. The applicant would suffer" in " ".join(answers[ELIGIBLE])
    assert "document=rule-now" in answers[ELIGIBLE][0] and answers[AWAY][0].startswith("Declined: ")
    assert alone.errors == main.errors == () and main.different == (), "the same answers, whatever is read meanwhile"
    assert len(main.replies) >= 3 and len(main.samples) >= 1
    assert wrong.different == (ELIGIBLE,), "and an answer that is another one is seen"


@pytest.mark.usefixtures("fresh_app")
def test_an_index_that_a_newer_one_replaced_is_freed(tiny_index_dir, tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_settle", SETTLE)  # as outside of tests
    folder = current_generation(tiny_index_dir)
    opened = []
    for number in range(4):
        copied = Path(shutil.copytree(folder, tmp_path / f"generation-{number}"))
        index = resources._opened(str(copied), copied.name)
        index.search("law enforcement", Filters(date(2026, 11, 22)), channel="lexical")
        opened.append(weakref.ref(index))
        del index
    assert [one() is not None for one in opened] == [False, False, True, True], "the one in use and the one before it"
