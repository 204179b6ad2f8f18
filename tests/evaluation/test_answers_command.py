"""``python -m evaluation answers``: the same questions for the same seed, each answer whole, with its gold."""

import json

import pytest
from click.testing import CliRunner

from evaluation.__main__ import main
from evaluation.commands.answers import draw
from evaluation.question_set import load_questions

RULE = "rules/8cfr-214-subpart-c.md"


def _asked(name, question, kind="natural", gold=()):
    golds = [{"file": RULE, "section": section, "quote": quote} for section, quote in gold]
    expect = "answered" if gold else "declined"
    return {"id": name, "type": kind, "question": question, "as_of": "2025-01-01", "gold": golds, "expect": expect}


QUESTIONS = [
    _asked("cited", "8 CFR 214.204(a)", "citation", [("8 CFR 214.204(a)", "USCIS has sole jurisdiction")]),
    _asked("elsewhere", "8 CFR 214.204(a)", "citation", [("8 CFR 214.206", "words that stand nowhere")]),
    _asked("verdict", "Does this applicant qualify for a T visa?", "verdict"),
    _asked("not-a-verdict", "8 CFR 214.204(a)", "verdict"),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch, make_embedder, tiny_index_dir, file):
    """``run(*options)``: the command on the small corpus."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    fixed = ["answers", str(file), "--index", str(tiny_index_dir)]
    return lambda *options: CliRunner().invoke(main, [*fixed, *map(str, options)])


def test_answers_are_whole_and_stand_with_their_gold(run):
    result = run()
    assert result.exit_code == 0, result.output
    cited, elsewhere, verdict, answered = result.stdout.split("─" * 100)[1:]
    assert "1 of 4 · cited · citation · as of 2025-01-01 · answered" in cited
    assert "“(a) Jurisdiction. USCIS has sole jurisdiction over all applications for T" in cited
    assert "[1] 8 CFR 214.204(a)" in cited, "the source of the quotation"
    assert "Gold: quoted in the answer, hit 1 holds it." in cited
    assert f"8 CFR 214.204(a) ({RULE}): USCIS has sole jurisdiction" in cited
    assert "Gold: NOT QUOTED in the answer, no hit holds it." in elsewhere
    assert "Not decided. " in verdict and "Gold: to be declined.\n" in verdict
    assert "Gold: to be declined, but it was answered." in answered


def test_answers_for_machines(run):
    made = json.loads(run("--count", 2, "--seed", 3, "--json").stdout)
    assert (made["seed"], len(made["answers"])) == (3, 2)
    for entry in made["answers"]:
        assert {"question", "answer", "gold_rank", "gold_quoted", "invalid_quotations"} == set(entry)
        assert entry["answer"]["statements"] or entry["answer"]["reason"]


def test_the_seed_alone_decides_which_questions_are_drawn(file):
    questions = load_questions(file) * 10
    drawn = draw(questions, 8, seed=7)
    assert drawn == draw(questions, 8, seed=7) != draw(questions, 8, seed=8)
    assert draw(questions[:3], 20, seed=7) == list(questions[:3]), "all, in the order of the file"


def test_a_missing_index_is_a_usage_error(run, tmp_path):
    result = run("--index", tmp_path / "none")
    assert result.exit_code == 2
    assert "pinpoint ingest" in result.stderr


@pytest.fixture
def count(monkeypatch, make_embedder, tiny_index_dir, file):
    """``count(*options)``: the command that counts, on the same questions."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    fixed = ["questions", str(file), "--index", str(tiny_index_dir)]
    return lambda *options: CliRunner().invoke(main, [*fixed, *options])


def test_questions_are_counted_for_people_and_misses_listed(count):
    result = count("--misses")
    assert result.exit_code == 0, result.output
    assert "Declined: 1, rightly 1, should be 2" in result.stdout
    assert "not identical to the source 0" in result.stdout
    missed = result.stdout.partition("Time a question")[2]
    assert "elsewhere citation: 8 CFR 214.204(a)\n  rank -, answered" in missed
    assert "gold  8 CFR 214.206: words that stand nowhere" in missed and "hit 1 8 CFR 214.204(a)" in missed
    assert "\nnot-a-verdict verdict:" in missed, "answered, and should be declined"
    assert "\ncited " not in missed and "\nverdict " not in missed, "what is right is not listed"


def test_questions_are_counted_for_machines(count):
    figures = json.loads(count("--json").stdout)
    assert figures["declined"] == [1, 1, 2] and figures["invalid_quotations"] == 0


def test_an_index_that_is_not_there_is_an_error_of_questions_too(file, tmp_path):
    result = CliRunner().invoke(main, ["questions", str(file), "--index", str(tmp_path / "none")])
    assert result.exit_code == 2 and "pinpoint ingest" in result.stderr
