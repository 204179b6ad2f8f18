"""``python -m evaluation facts``: which rules are quoted for the issues of cases, over the small corpus."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from evaluation.__main__ import main
from evaluation.commands.fact_patterns import first_positions, load_fact_patterns, read_pattern
from evaluation.commands.facts import summed
from pinpoint.errors import PinpointError
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))

CASE = {
    "id": "one",
    "set": "building",
    "question": "The applicant has been a victim of a severe form of trafficking in persons. She would suffer extreme "
    "hardship involving unusual and severe harm upon removal. Which rules apply?",
    "verdict": False,
    "rules": [["8 CFR 214.202(a)"], ["8 CFR 214.202(d)"], ["1 CFR 1.1"]],
}


@pytest.fixture
def written(tmp_path):
    """``written(records)``: a file of them, one a line."""

    def write(*lines):
        file = tmp_path / "cases.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return file

    return write


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        (json.dumps({**CASE, "rules": 3}), "rules are lists"),
        (json.dumps({"id": "one"}), "the rest is missing"),
        (json.dumps({**CASE, "more": 1}), "a field that is none"),
    ],
)
def test_a_line_that_is_no_fact_pattern_is_named(written, line, reason):
    with pytest.raises(PinpointError, match="line 2 is no fact pattern"):
        load_fact_patterns(written(CASE, line))
    assert reason


def test_rules_are_found_among_the_quotations_in_the_order_of_the_law(written, tiny_assistant):
    (pattern,) = load_fact_patterns(written(CASE))
    read = read_pattern(tiny_assistant, pattern)
    assert read.found == (True, True, False) and read.in_order == (1, 1)
    assert not read.refused and read.issues > 1
    answer = tiny_assistant.ask(pattern.question, filters=TODAY)
    assert first_positions(answer, [("8 CFR 214.2",)]) == [-1], "a shorter number is another section"
    assert "2 of 3 governing rules quoted, 1 of 1 pairs in the order" in summed("building", [read])


def test_the_command_says_what_is_not_quoted(written, tiny_index, monkeypatch):
    monkeypatch.setattr("evaluation.commands.facts.load_index", lambda *_, **__: tiny_index)
    file = written(CASE, {**CASE, "id": "two", "set": "final"})
    result = CliRunner().invoke(main, ["facts", str(file), "--set", "building"])
    assert result.exit_code == 0, result.output
    assert "building: 1 cases" in result.output and "final" not in result.output
    assert "one: not quoted for an issue: 1 CFR 1.1" in result.output


def test_without_an_index_it_says_so(written, tmp_path):
    result = CliRunner().invoke(main, ["facts", str(written(CASE)), "--index", str(tmp_path / "none")])
    assert result.exit_code == 2
