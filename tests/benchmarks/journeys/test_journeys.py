"""The parts of the timed journeys, without a browser: keys are counted, failures say where, the memo has its faults."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.drafts.making.truth import Truth
from benchmarks.journeys import memo as memos
from benchmarks.journeys.hand import FURTHEST, Hand, JourneyFailed, Step
from benchmarks.journeys.memo import made_memo
from benchmarks.journeys.report import Journey, markdown
from benchmarks.journeys.walks import walks
from index.documents.store import DocumentStore
from index.generations.read import current_generation

DAY = date(2026, 7, 1)
THINGS = ("ledger", "register", "docket", "receipt book", "visitor list", "map")
SECTION = """## \u00a7 900.{number} Of the {thing}.

(a) *Duty.* An officer must enter every referral into the {thing} within {number} days of its receipt in the office.

(b) *Closing.* The {thing} is closed after seven years, unless a court has ordered that it must be retained.

(c) *Copies.* An applicant may ask for copies of the pages of the {thing} that were made in the name of the applicant.
"""
RULE = "\n".join(["# 8 CFR 900", *(SECTION.format(number=n, thing=thing) for n, thing in enumerate(THINGS, start=1))])
MANIFEST = """[[document]]
id = 'rule'
file = 'rule.md'
title = 'Ledgers'
kind = 'regulation'
cited_as = '8 CFR'
collection = 'Rules'
"""
MOVED = """
[[crosswalk]]
old = '8 CFR 800.1'
new = '8 CFR 900.1'
effective = 2024-08-28
"""


def truth_of(folder, run_ingest, manifest):
    (folder / "corpus").mkdir()
    (folder / "corpus" / "rule.md").write_text(RULE, encoding="utf-8")
    (folder / "corpus" / "manifest.toml").write_text(manifest, encoding="utf-8")
    run_ingest(folder / "corpus", folder / "index")
    return Truth(DocumentStore(current_generation(folder / "index")))


class Keyboard:
    """A page of so many controls in a row, without a browser; it is its own keyboard."""

    def __init__(self, controls):
        self.controls, self.focus, self.pressed = controls, -1, []
        self.keyboard = self

    def press(self, key):
        self.pressed.append(key)
        if key in ("Tab", "Shift+Tab"):
            self.focus = (self.focus + (1 if key == "Tab" else -1)) % self.controls

    def type(self, text):
        self.pressed.extend(text)

    def wait_for_timeout(self, milliseconds):
        assert milliseconds < 1000


class Control:
    """A control of such a page, by its number."""

    def __init__(self, page, number):
        self.page, self.number, self.first = page, number, self

    def wait_for(self):
        """It is there."""

    def evaluate(self, _):
        return self.page.focus == self.number


def test_keys_are_counted_and_belong_to_their_step():
    page = Keyboard(9)
    hand = Hand(page, Path())
    hand.begin("one")
    hand.reach(Control(page, 4), "the fifth")
    hand.done()
    hand.begin("two")
    hand.reach(Control(page, 2), "the third", key="Shift+Tab")
    hand.write("waiver*")
    hand.press("Control+V", 2)
    hand.done()
    assert [(step.name, step.keys) for step in hand.steps] == [("one", 5), ("two", 2 + 7 + 2)]
    assert hand.keys == len(page.pressed) == 16
    assert hand.seconds == sum(step.seconds for step in hand.steps) > 0


def test_a_control_that_no_key_reaches_says_where():
    page = Keyboard(3)
    hand = Hand(page, Path())
    hand.begin("search")
    with pytest.raises(JourneyFailed, match=rf"search.*{FURTHEST} times Tab does not reach the box"):
        hand.reach(Control(page, 7), "the box")
    with pytest.raises(JourneyFailed, match="search.*no hits"):
        hand.require(0, "no hits")
    hand.require(1, "no hits")


def test_the_memo_has_two_pages_and_three_faults(tmp_path, run_ingest, monkeypatch):
    monkeypatch.setattr(memos, "WORDS", 200)
    truth = truth_of(tmp_path, run_ingest, MANIFEST + MOVED)
    made = made_memo(truth, DAY)
    assert made == made_memo(truth, DAY), "every run has the same memo"
    assert 150 < len(made.text.split()) < 260
    assert list(made.faults.values()) == ["differs", "replaced", "wrong_place"]
    for text in made.faults:
        assert made.text.count(text) == 1
    assert made.old == "8 CFR 800.1"
    assert not truth.stands_anywhere(made.changed)
    assert truth.stands_anywhere(made.misplaced)
    assert made.text.count("The text reads") == made.quotations > 2


def test_an_index_of_which_no_provision_moved_is_refused(tmp_path, run_ingest):
    with pytest.raises(ValueError, match="Choose an index whose manifest has a crosswalk"):
        made_memo(truth_of(tmp_path, run_ingest, MANIFEST), DAY)


def test_there_are_five_journeys(tmp_path, run_ingest):
    assert len(walks(made_memo(truth_of(tmp_path, run_ingest, MANIFEST + MOVED), DAY))) == 5


def test_the_report_has_median_range_keys_and_what_failed():
    walked = Journey("Trainer walks")
    walked.rounds = [(Step("open", second, 2), Step("collect", 1.0, 8)) for second in (1.0, 5.0, 2.0)]
    walked.seen = "Three excerpts."
    lost = Journey("Staff search", failures=["at \u201csearch\u201d: the first hit is not in view"])
    page = markdown([walked, lost])
    assert "| Trainer walks | 3 | 3.0 | 2.0 to 6.0 | 5 | 10 | 0 |" in page
    assert "| Trainer walks | open | 2.0 | 2 |" in page
    assert "| Staff search | 0 | failed |" in page
    assert "- Staff search: at \u201csearch\u201d: the first hit is not in view" in page
    assert "- Trainer walks: Three excerpts." in page
    assert "No journey failed." in markdown([walked])
    assert "benchmarks ingest" in page
