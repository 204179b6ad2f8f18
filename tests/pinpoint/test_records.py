"""Spans, pages of positions, and days on which a section is in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinpoint.records import PageSpan, Span, page_at
from pinpoint.stored import StoredSection

NAMES = st.text(min_size=1, max_size=12)
FEW = st.sampled_from(["a", "b"])
OFFSETS = st.integers(min_value=0, max_value=60)


@st.composite
def spans(draw, names=FEW):
    start = draw(OFFSETS)
    return Span(draw(names), start, start + draw(OFFSETS))


def characters(span):
    """What a span covers, as a set."""
    return {(span.document_id, position) for position in range(span.start, span.end)}


@given(spans(NAMES))
def test_a_span_is_read_back_from_its_text_form(span):
    assert Span.parse(str(span)) == span


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing"),
        ("rule", "no numbers"),
        ("rule:5", "no end"),
        ("rule:a-b", "no digits"),
        ("rule:-1-5", "a sign"),
        ("rule:1-5 ", "something behind"),
        ("rule:1-5.0a1b2c3d4e5f", "the name of a span in an address, which is another form"),
        ("rule:\u0661-\u0665", "digits of another script"),
    ],
)
def test_what_is_no_span_is_refused_by_name(text, reason):
    with pytest.raises(KeyError, match="is not a span such as") as caught:
        Span.parse(text)
    assert repr(text) in str(caught.value.args[0]), reason


@given(spans(), spans())
def test_within_is_the_subset_of_characters(one, other):
    if one.start < one.end:
        assert one.within(other) == (characters(one) <= characters(other))
    assert one.within(one)


@given(spans(), spans())
def test_overlaps_is_a_common_character_and_symmetric(one, other):
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == bool(characters(one) & characters(other))
    assert one.overlaps(other) == other.overlaps(one)


@given(spans(), spans(), spans())
def test_within_is_transitive(one, other, third):
    assert not (one.within(other) and other.within(third)) or one.within(third)


@given(spans(), OFFSETS, OFFSETS)
def test_a_part_counts_from_the_start_of_its_span(span, start, length):
    part = span.part(start, start + length)
    assert (part.document_id, part.start - span.start, part.end - part.start) == (span.document_id, start, length)
    assert part.within(span) == (start + length <= span.end - span.start)


PAGES = (PageSpan(0, 10, 1), PageSpan(10, 25, 2), PageSpan(25, 30, 4))


@pytest.mark.parametrize(
    ("pages", "position", "page", "reason"),
    [
        (PAGES, 0, 1, "the first character"),
        (PAGES, 9, 1, "the last of a page"),
        (PAGES, 10, 2, "the first of the next"),
        (PAGES, 29, 4, "an empty page is passed over"),
        (PAGES, 30, None, "behind the text"),
        ((), 0, None, "a format without pages"),
    ],
)
def test_the_page_of_a_position(pages, position, page, reason):
    assert page_at(pages, position) == page, reason


@pytest.mark.parametrize(
    ("begin", "end", "expected", "reason"),
    [
        (None, None, True, "nothing known says that it is not; the status says the rest"),
        (date(2024, 8, 28), None, True, "from its first day"),
        (date(2024, 8, 29), None, False, "not before it"),
        (None, date(2024, 8, 28), False, "the end is the first day without"),
        (None, date(2024, 8, 29), True, "the day before is the last"),
    ],
)
def test_a_section_is_in_force_between_its_days(begin, end, expected, reason):
    section = StoredSection(
        document_id="d", number=1, parent=0, citation="R 1", kind="provision", start=0, own_end=1, end=1,
        effective_from=begin, effective_to=end,
    )  # fmt: skip
    assert section.in_force(date(2024, 8, 28)) == expected, reason
