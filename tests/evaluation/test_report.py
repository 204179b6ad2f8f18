"""The report: its command, its table, its drawing."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from evaluation.__main__ import main
from evaluation.charts.bars import Mark, quality_and_time
from evaluation.commands import report as report_command
from evaluation.questions import Found
from evaluation.report import BEGIN, END, channel_comparison, channel_figures, report_marks, report_text

SVG = "{http://www.w3.org/2000/svg}"
QUESTIONS = [
    {
        "id": "t1",
        "type": "natural",
        "question": "Who has sole jurisdiction over applications?",
        "as_of": "2025-01-01",
        "gold": [
            {
                "file": "rules/8cfr-214-subpart-c.md",
                "section": "8 CFR 214.204(a)",
                "quote": "USCIS has sole jurisdiction",
            }
        ],
        "not_first": [],
        "expect": "answered",
    },
    {"id": "t2", "type": "verdict", "question": "Should I deny this case?", "gold": [], "expect": "declined"},
]


def _lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def run(monkeypatch, make_embedder, tiny_index_dir, tmp_path):
    """``run(*options)``: the command on the small corpus and questions of its own; nothing is written elsewhere."""
    own = tmp_path / "questions.jsonl"
    own.write_text(_lines(QUESTIONS), encoding="utf-8")
    monkeypatch.setattr(report_command, "OWN", own)
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    fixed = ["--index", tiny_index_dir, "--docs", tmp_path / "docs", "--results", tmp_path / "results.json"]
    readme = tmp_path / "README.md"
    readme.write_text(f"# Ours\n\n{BEGIN}\nold figures\n{END}\n\nAfter.\n", encoding="utf-8")
    fixed += ["--cache", tmp_path / "cache", "--readme", readme]

    def invoke(*options):
        return CliRunner().invoke(main, ["report", *map(str, (*fixed, *options))])

    return invoke


@pytest.fixture
def sets(tmp_path):
    """A folder of development sets: one of two, and the questions."""
    folder = tmp_path / "sets" / "obliqa-dev"
    folder.mkdir(parents=True)
    texts = ("the keys of the house", "the roof of the barn", "the loan of a bank")
    (folder / "corpus.jsonl").write_text(
        _lines({"_id": f"p{number}", "text": text} for number, text in enumerate(texts)), encoding="utf-8"
    )
    (folder / "queries.dev.jsonl").write_text(_lines([{"_id": "q", "text": "Where are the keys?"}]), encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text("q\tp0\t1\n", encoding="utf-8")
    (folder.parent / "tvisa-dev.jsonl").write_text(_lines(QUESTIONS), encoding="utf-8")
    return folder.parent


def test_a_fresh_machine_measures_its_own_collection_and_says_what_it_skipped(run, tmp_path):
    result = run("--sets", tmp_path / "nowhere")
    assert result.exit_code == 0, result.output
    made = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [collection["name"] for collection in made["collections"]] == ["starter"]
    assert made["collections"][0]["channels"]["lexical"]["measures"]["first 1"]["mean"] == 1.0
    assert len(made["skipped"]) == 4, "tvisa-dev, two sets, re-ranking"
    text = (tmp_path / "docs" / "evaluation.md").read_text(encoding="utf-8")
    assert "obliqa-dev: not there." in text
    assert text in result.stdout
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Ours\n") and readme.endswith(f"{END}\n\nAfter.\n") and "old figures" not in readme
    assert "| gold quotation quoted in the answer | 1.000 [1.000, 1.000] |" in readme
    ElementTree.parse(tmp_path / "docs" / "quality-and-time.svg")


def test_what_is_at_hand_is_measured(run, sets, tmp_path, tiny_index_dir):
    result = run("--sets", sets, "--real-index", tiny_index_dir, "--build-sets")
    assert result.exit_code == 0, result.output
    made = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [collection["name"] for collection in made["collections"]] == ["starter", "tvisa-dev", "obliqa-dev"]
    assert made["collections"][2]["channels"]["hybrid"]["measures"]["nDCG@10"]["mean"] == 1.0
    assert run("--sets", sets).exit_code == 0, "what is in the cache is measured again without --build-sets"


def test_a_set_that_is_not_in_the_cache_is_not_embedded_unasked(run, sets):
    assert "obliqa-dev: not embedded yet; --build-sets does it, once." in run("--sets", sets).stdout


def test_a_readme_without_marks_for_the_figures_is_refused_before_anything_is_measured(run, tmp_path):
    (tmp_path / "README.md").write_text("# Ours\n", encoding="utf-8")
    result = run("--sets", tmp_path / "nowhere")
    assert result.exit_code == 2 and "README.md has no place for the figures" in result.output
    assert not (tmp_path / "results.json").exists()


def test_an_index_of_other_documents_is_refused(run, tmp_path, monkeypatch):
    other = [QUESTIONS[0] | {"gold": [QUESTIONS[0]["gold"][0] | {"file": "elsewhere.md"}]}]
    report_command.OWN.write_text(_lines(other), encoding="utf-8")
    result = run("--sets", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "The index lacks elsewhere.md" in result.output


def test_figures_of_a_channel():
    found = [Found(1, 10.0), Found(4, 20.0), Found(0, 30.0), Found(11, 40.0)]
    figures = channel_figures(found)
    assert [figures["measures"][f"first {depth}"]["mean"] for depth in (1, 3, 5, 10)] == [0.25, 0.25, 0.5, 0.5]
    assert figures["median_ms"] == 25.0
    better = channel_comparison([Found(1, 1.0)] * 30, [Found(9, 1.0)] * 30, ("a", "b"))
    found = better["measures"]["first 5"]
    assert (found["difference"], found["low"], found["high"]) == (1.0, 1.0, 1.0)
    assert found["p"] < 0.001


def _row(value, milliseconds):
    measure = {"mean": value, "low": value - 0.1, "high": value + 0.1}
    return {"queries": 9, "measures": {"nDCG@10": measure}, "median_ms": milliseconds, "p95_ms": milliseconds}


def test_the_time_of_a_set_holds_the_embedding_where_a_channel_embeds():
    collection = {
        "name": "set",
        "about": "Some passages.",
        "encode_ms": 7.0,
        "channels": {"lexical": _row(0.5, 2.0), "dense": _row(0.4, 3.0)},
        "comparisons": [],
    }
    made = {"made": "2026-01-01", "cpu": "2 cores", "collections": [collection], "skipped": []}
    assert [point.milliseconds for point in report_marks(made)] == [2.0, 10.0]
    assert "| lexical | 9 | 0.500 [0.400, 0.600] | 2.0 |" in report_text(made)
    assert "Not measured here" not in report_text(made)


def test_the_drawing_has_a_mark_for_each_channel_where_it_belongs():
    points = [
        Mark("A & B", "lexical", 10.0, 0.5, 0.4, 0.6),
        Mark("A & B", "hybrid", 100.0, 0.75, 0.7, 0.8),
        Mark("C", "hybrid", 100.0, 0.25, 0.2, 0.3),
    ]
    drawing = ElementTree.fromstring(quality_and_time(points))
    marks = [mark for mark in drawing.iter(f"{SVG}circle") if mark.find(f"{SVG}title") is not None]
    lexical, hybrid, other = ((float(mark.get("cx")), float(mark.get("cy"))) for mark in marks)
    assert lexical[0] < hybrid[0] == other[0], "more time lies further right"
    assert hybrid[1] < lexical[1] < other[1], "more quality lies further up"
    assert {text.text for text in drawing.iter(f"{SVG}text")} >= {"A & B", "C", "lexical", "hybrid", "10", "100"}


def test_a_drawing_without_points_is_a_drawing():
    ElementTree.fromstring(quality_and_time([]))
