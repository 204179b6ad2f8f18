"""The probability behind declining: fitted weights, held-out predictions, and how far they keep their word."""

import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from answer.declining.confidence import CALIBRATION, Calibration
from evaluation.__main__ import main
from evaluation.calibration import FEW, Bin, Outcomes, bins, expected_calibration_error, fit, held_out, probabilities
from evaluation.charts.reliability import reliability_drawing
from evaluation.reliability import READ, UNREAD, load_signals, outcomes_of
from pinpoint.errors import PinpointError

CASES = np.random.default_rng(1)


def drawn(count=400, slope=3.0, sets=("one", "two")):
    """Questions whose chance of an answer is logistic in the first value; the second value says nothing."""
    values = CASES.normal(size=(count, 2))
    answerable = (CASES.random(count) < 1 / (1 + np.exp(-slope * values[:, 0]))).astype(float)
    return Outcomes(values, answerable, tuple(sets[n % len(sets)] for n in range(count)))


def test_the_weights_are_found_that_made_the_outcomes():
    constant, first, second = fit(drawn(4000), penalty=0.0)
    assert first == pytest.approx(3.0, abs=0.5)
    assert abs(constant) < 0.3 and abs(second) < 0.3


def test_a_penalty_draws_weights_towards_0_and_leaves_the_constant():
    outcomes = drawn()
    free, drawn_in = fit(outcomes, penalty=0.0), fit(outcomes, penalty=100.0)
    assert 0 < drawn_in[1] < free[1]


def test_a_rare_outcome_of_a_set_counts_for_less_than_a_whole_set():
    outcomes = Outcomes(np.zeros((FEW * 2 + 1, 1)), np.array([1.0] * FEW * 2 + [0]), ("a",) * (FEW * 2 + 1))
    shares = outcomes.shares()
    assert shares[:-1].sum() == pytest.approx(FEW * shares[-1])


def test_a_large_set_and_a_common_outcome_count_no_more_than_others():
    answerable = np.array([1.0] * 3 * FEW + [0.0] * FEW + [1.0] * FEW + [0.0] * FEW)
    outcomes = Outcomes(np.zeros((6 * FEW, 1)), answerable, ("a",) * 4 * FEW + ("b",) * 2 * FEW)
    shares = outcomes.shares()
    ones, zeros = outcomes.answerable > 0, outcomes.answerable == 0
    first = np.array([name == "a" for name in outcomes.sets])
    assert (
        shares[first & ones].sum()
        == pytest.approx(shares[first & zeros].sum())
        == pytest.approx(shares[~first & ones].sum())
    )
    assert shares.mean() == pytest.approx(1.0)


def test_a_held_out_prediction_does_not_know_the_outcome():
    """With outcomes drawn by lot nothing can be predicted but by whoever has seen them."""
    lot = np.random.default_rng(2)
    outcomes = Outcomes(lot.normal(size=(60, 12)), lot.integers(0, 2, 60).astype(float), ("a", "b") * 30)
    seen = probabilities(fit(outcomes, penalty=0.01), outcomes.values)
    for by_set in (False, True):
        likely = held_out(outcomes, penalty=0.01, by_set=by_set)
        assert np.mean((likely > 0.5) == (outcomes.answerable > 0)) < np.mean((seen > 0.5) == (outcomes.answerable > 0))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_groups_hold_every_question_once_and_the_error_is_a_share(cases):
    likely = np.array([value for value, _ in cases])
    outcomes = Outcomes(likely[:, None], np.array([float(there) for _, there in cases]), ("a",) * len(cases))
    grouped = bins(likely, outcomes)
    assert sum(group.weight for group in grouped) == pytest.approx(1.0)
    assert all(-1e-9 <= group.share <= 1 + 1e-9 for group in grouped)
    assert 0 <= expected_calibration_error(grouped) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("groups", "error", "reason"),
    [
        ([Bin(0.2, 0.2, 0.5), Bin(0.9, 0.9, 0.5)], 0.0, "kept its word"),
        ([Bin(0.9, 0.5, 1.0)], 0.4, "too sure"),
        ([Bin(0.9, 0.5, 0.25), Bin(0.1, 0.1, 0.75)], 0.1, "by weight"),
        ([], 0.0, "nothing said"),
    ],
)
def test_the_calibration_error_is_the_mean_distance(groups, error, reason):
    assert expected_calibration_error(groups) == pytest.approx(error), reason


def test_the_drawing_is_an_image_that_names_its_curves():
    drawing = reliability_drawing({"read & unread": [Bin(0.1, 0.2, 0.5), Bin(0.8, 0.9, 0.5)]})
    root = ET.fromstring(drawing)
    texts = [element.text for element in root.iter() if element.text]
    assert "read & unread" in texts
    assert any("calibration error 0.100" in text for text in texts)
    assert "script" not in drawing


def test_the_weights_in_use_are_those_of_the_command_with_their_provenance():
    stored = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    assert {"made", "by", "questions", *Calibration.__dataclass_fields__} == set(stored)
    assert set(stored["read"]) == {"constant", *READ}
    assert set(stored["unread"]) == {"constant", *UNREAD}
    assert 0 < stored["threshold"] < 1


def line(name, number, there):
    return {
        "set": name,
        "id": f"{name}-{number}",
        "answerable": there,
        "lacking": "",
        "coverage": 0.5 + number / 100,
        "similarity": (0.6 if there else 0.3) + number / 100,
        "rare": 0,
        "reading": None,
    }


@pytest.fixture
def measured(tmp_path):
    """A file of 40 lines: two sets, similarity tells what is answerable."""
    lines = [line(name, n, n % 2 == 0) for name in ("a", "b") for n in range(20)]
    file = tmp_path / "signals.jsonl"
    file.write_text("".join(json.dumps(entry) + "\n" for entry in lines), encoding="utf-8")
    return file


def test_calibrate_writes_weights_and_drawing_and_prints_what_they_do(measured, tmp_path):
    to, docs = tmp_path / "calibration.json", tmp_path / "docs"
    result = CliRunner().invoke(main, ["calibrate", str(measured), "--to", str(to), "--docs", str(docs), "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output)
    assert figures["without_the_set"]["a"]["auroc"] == 1.0
    assert json.loads(to.read_text())["questions"] == {"a": 20, "b": 20}
    assert (docs / "declining.svg").read_text().startswith("<svg")
    table = CliRunner().invoke(main, ["calibrate", str(measured), "--to", str(to), "--docs", str(docs)])
    assert "calibration error" in table.output


def test_what_lacks_something_named_is_no_matter_of_probability(measured):
    entries = load_signals([measured])
    lines = measured.read_text().splitlines()
    lacking = json.loads(lines[0]) | {"lacking": "no name"}
    measured.write_text("\n".join([json.dumps(lacking), *lines[1:]]))
    assert len(outcomes_of(load_signals([measured])).sets) == len(entries) - 1


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("", "No signals", "an empty file"),
        ('{"set": "a"}\n', "line 1", "a line without values"),
        ("{\n", "line 1", "no JSON"),
    ],
)
def test_a_malformed_file_of_signals_is_named(tmp_path, text, words, reason):
    file = tmp_path / "signals.jsonl"
    file.write_text(text)
    with pytest.raises(PinpointError, match=words):
        load_signals([file])
    assert CliRunner().invoke(main, ["calibrate", str(file), "--docs", str(tmp_path)]).exit_code == 2, reason


def test_signals_are_measured_for_what_probability_decides(tiny_index, tmp_path, monkeypatch):
    monkeypatch.setattr("evaluation.commands.signals.load_index", lambda *_, **__: tiny_index)
    asked = {
        "q1": ("Does a minor have to comply with a reasonable request?", "answered"),
        "q2": ("What does Canada require?", "declined"),
        "q3": ("Does this applicant qualify?", "declined"),
        "q4": ("8 CFR 214.202(c)(1)", "answered"),
    }
    file, out = tmp_path / "questions.jsonl", tmp_path / "signals.jsonl"
    lines = [
        json.dumps({"id": name, "type": "natural", "question": text, "gold": [], "expect": expect})
        for name, (text, expect) in asked.items()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(main, ["signals", str(file), "--set", "tiny", "--out", str(out), "--reranker", "none"])
    assert result.exit_code == 0, result.output
    found = {json.loads(line)["id"]: json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()}
    assert set(found) == {"q1", "q2"}, "a verdict and a citation are decided otherwise"
    assert "Canada" in found["q2"]["lacking"] and not found["q1"]["lacking"]
    assert found["q1"]["coverage"] > found["q2"]["coverage"]
    assert len(load_signals([out])) == 2
