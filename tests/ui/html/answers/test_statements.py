"""A refusal as it is drawn: what comes nearest, each said once."""

import re
from dataclasses import replace
from datetime import date

import pytest

from pinpoint.records import Filters
from ui.html.answers.statements import declined

DAY = date(2025, 1, 1)
ITEM = re.compile(r"<li>(.*?)</li>")


@pytest.fixture
def refusal(tiny_assistant, tiny_index):
    """``refusal(section, path)``: the lines of a refusal for which a passage of that section came nearest."""
    answer = tiny_assistant.ask("Who is the current Under Secretary for Management?", filters=Filters(DAY))
    assert answer.status == "declined" and answer.hits

    def run(section: str, path: tuple[str, ...]) -> list[str]:
        first = answer.hits[0]
        hit = replace(first, source=replace(first.source, section=section, section_path=path))
        page = declined(tiny_index, replace(answer, hits=(hit,), nearest=(f"{section}: {path[-1]}",)))
        return [re.sub(r"<[^>]+>", "", line) for line in ITEM.findall(page.partition("Nearest headings")[2])]

    return run


NEAREST = [  # (section, headings from the top down, line, reason)
    (
        "8 CFR 214.210",
        ("Subpart C", "\u00a7 214.210 Annual numerical limit."),
        "8 CFR 214.210 Annual numerical limit.",
        "a section",
    ),
    ("8 CFR 208.1(b)", ("\u00a7 208.1", "(b) Training"), "8 CFR 208.1(b) Training", "a paragraph"),
    (
        "8 U.S.C. 1182(m)(2)(B)",
        ("\u00a7 1182. Inadmissible aliens", "(m)", "(2)", "(B)"),
        "8 U.S.C. 1182(m)(2)(B) Inadmissible aliens",
        "a mere designator has the heading above it",
    ),
    ("INA 214", ("TITLE II", "SEC. 214. [8 U.S.C. 1184]"), "INA 214 [8 U.S.C. 1184]", "a section of an act"),
    ("3 USCIS-PM B.8", ("Chapter 8 - Annual Cap",), "3 USCIS-PM B.8 Chapter 8 - Annual Cap", "a chapter"),
    ("Directive, Purpose", ("Purpose",), "Directive, Purpose", "a heading that is the citation"),
    ("8 CFR 1(a)", ("(a)",), "8 CFR 1(a)", "a designator with nothing above it"),
    ("8 CFR 214.2", ("2023 report",), "8 CFR 214.2 2023 report", "a number that is not that of the section"),
]


@pytest.mark.parametrize(("section", "path", "line", "reason"), NEAREST, ids=[row[-1] for row in NEAREST])
def test_a_nearest_heading_is_said_once(refusal, section, path, line, reason):
    assert refusal(section, path) == [line], reason


def test_the_headings_of_a_refusal_are_in_order_and_each_is_there_once(tiny_assistant, tiny_index):
    answer = tiny_assistant.ask("Who is the current Under Secretary for Management?", filters=Filters(DAY))
    headings = re.findall(r"<h(\d)[^>]*>([^<]+)", declined(tiny_index, answer))
    assert {level for level, _ in headings} == {"3"}, "the question above is the second level"
    assert len({words for _, words in headings}) == len(headings)
