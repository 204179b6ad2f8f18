"""Lines of the tests of the pages are summed up by rule and by measure, and read again by criterion."""

import json

import pytest

from benchmarks.barriers.criteria import found_by_machine
from benchmarks.barriers.results import INTO, Page, add_line, criteria_of, summed_up

TAGS = [  # (tags, criteria, reason)
    (["cat.color", "wcag2aa", "wcag143"], ["1.4.3"], "one number of one digit each"),
    (["wcag1410"], ["1.4.10"], "a number of two digits at the end"),
    (["wcag22aa", "wcag258", "wcag2411"], ["2.5.8", "2.4.11"], "several"),
    (["best-practice", "wcag2a", "wcag22aa"], [], "levels are no criteria"),
]


@pytest.mark.parametrize(("tags", "criteria", "reason"), TAGS, ids=[row[2] for row in TAGS])
def test_criteria_of_a_rule(tags, criteria, reason):
    assert criteria_of(tags) == criteria, reason


def response(**outcomes):
    """What axe-core answers: rules by outcome, each with so many elements."""
    rules = {
        outcome: [{"id": rule, "tags": ["wcag143"], "nodes": [{}] * parts} for rule, parts in outcomes.get(outcome, ())]
        for outcome in ("passes", "violations", "incomplete")
    }
    agent = "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.8078.114 Safari/537.36"
    return {**rules, "testEngine": {"version": "4.12.1"}, "testEnvironment": {"userAgent": agent}}


def lines_of(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_lines_are_summed_up_by_rule_and_by_measure(tmp_path, monkeypatch):
    file = tmp_path / "lines.jsonl"
    monkeypatch.setenv(INTO, str(file))
    ask, dark = Page(state="ask", scheme="light", width=1280), Page(state="ask", scheme="dark", width=1280)
    add_line(ask, response(passes=[("contrast", 3)]), {"edges": [], "reflow": ["a field"]})
    add_line(dark, response(violations=[("contrast", 1)], incomplete=[("lists", 2)]), {"edges": []})
    add_line(Page(state="check", scheme="light", width=360), response(passes=[("contrast", 1)]))
    summary = summed_up(lines_of(file))
    assert (summary["pages"], summary["states"], summary["widths"]) == (3, ["ask", "check"], [360, 1280])
    assert (summary["axe"], summary["browser"]) == (["4.12.1"], ["Chrome/156.0.8078.114"])
    contrast = summary["rules"]["contrast"]
    assert (contrast["passed"], contrast["violated"]) == (2, ["ask (dark, 1280)"])
    assert summary["rules"]["lists"]["undecided"] == ["ask (dark, 1280)"]
    assert summary["measures"]["reflow"]["short"] == {"ask (light, 1280)": ["a field"]}
    assert (summary["measures"]["edges"]["pages"], summary["measures"]["spacing"]["pages"]) == (2, 0)


def test_a_criterion_is_told_what_was_found_of_it(tmp_path, monkeypatch):
    file = tmp_path / "lines.jsonl"
    monkeypatch.setenv(INTO, str(file))
    found = response(passes=[("contrast", 3)], incomplete=[("lists", 2)])
    add_line(Page(state="ask", scheme="light", width=1280), found, {"edges": [], "reflow": ["a field"]})
    summary = summed_up(lines_of(file))
    contrast = found_by_machine("1.4.3", summary)
    assert (contrast.passed, contrast.broken, contrast.undecided) == (
        ("rule contrast",),
        (),
        ("rule lists on 1 pages",),
    )
    assert "ask (light, 1280)" in found_by_machine("1.4.10", summary).broken[0]
    assert found_by_machine("1.4.11", summary).passed and not found_by_machine("1.4.11", summary).broken
    assert found_by_machine("2.4.7", summary) == found_by_machine("9.9.9", summary), "nothing was measured of it"


def test_without_the_setting_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.delenv(INTO, raising=False)
    monkeypatch.chdir(tmp_path)
    add_line(Page(state="ask", scheme="light", width=1280), response())
    assert not list(tmp_path.iterdir())
