"""Badges: which texts must not stand without their status, in which style, and that green is only what is certain."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.currency import known_of, status_on, status_text
from pinpoint.records import Source, Span
from ui.html.badges import confirmed_badge, needs_words, status_badge

TODAY, PAST = date.today(), date(2024, 8, 1)
OLD = date(2015, 1, 1)
TEXT = Source(span=Span("a", 0, 1), file="a", title="A", kind="regulation", section="8 CFR 214.11(b)")
THEME = Path("ui/theme.css").read_text(encoding="utf-8")


def on(day, **facts):
    """A source as it is located on a day."""
    source = replace(TEXT, **facts)
    known = known_of(source)
    return replace(source, status=status_on(known, day), status_text=status_text(known, day))


@pytest.mark.parametrize(
    ("facts", "day", "needs", "style", "reason"),
    [
        ({}, PAST, True, "undated", "undated text is no law of a past day without a word"),
        ({}, TODAY, False, "undated", "today its badge beside it is enough"),
        ({"effective_from": OLD}, PAST, True, "undated", "nor is text of which later changes are unknown"),
        ({"effective_to": date(2024, 8, 28), "current_to": OLD, "printed": True}, PAST, True, "printed",
         "an old edition whose address ended later"),
        ({"effective_from": OLD, "effective_to": date(2024, 8, 28)}, PAST, False, "current", "both its days are known"),
        ({"effective_from": OLD, "effective_to": date(2024, 8, 28), "current_to": OLD, "printed": True}, PAST, True,
         "printed", "the same of an edition: of its words nothing is known behind its day"),
        ({"effective_from": OLD, "current_to": TODAY}, PAST, False, "current", "the copy covers the day"),
        ({"effective_from": OLD, "current_to": TODAY}, TODAY + timedelta(1), True, "printed",
         "of tomorrow nobody knows"),
        ({"effective_to": OLD}, TODAY, True, "ended", "it is over"),
    ],
)  # fmt: skip
def test_a_text_stands_alone_only_where_its_status_may_be_left_out(facts, day, needs, style, reason):
    source = on(day, **facts)
    assert needs_words(source, day) == needs, reason
    assert f'class="pp-badge pp-{style}"' in status_badge(source, day), reason


def test_green_is_only_what_is_certain():
    green = re.findall(r"^\.pp-(current|recent|printed|ended|undated) \{[^}]*--good", THEME, re.MULTILINE)
    assert green == ["current"]


def test_doubt_has_another_style_than_what_is_merely_unrecorded():
    assert "pp-printed" in confirmed_badge(False)
    assert confirmed_badge(True) == confirmed_badge(None) == ""
