"""A reading becomes one text; with spans and pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.records import Fragment, RawBlock, Reading


def _block(kind, *fragments, marker=""):
    return RawBlock(kind, tuple(Fragment(text, page) for text, page in fragments), marker=marker)


SUBWORDS = st.lists(st.tuples(st.text("ab c.", min_size=1, max_size=8), st.just(0)), min_size=1, max_size=3)


@st.composite
def _paged_blocks(draw):
    """Blocks whose pages never fall, as a reader gives them."""
    page, blocks = 1, []
    for _ in range(draw(st.integers(1, 8))):
        fragments = []
        for _ in range(draw(st.integers(1, 3))):
            fragments.append((draw(st.text("ab c.", min_size=1, max_size=8)), page))
            page += draw(st.integers(0, 2))
        blocks.append(_block("paragraph", *fragments))
    return tuple(blocks)


@given(_paged_blocks())
def test_every_character_is_on_the_page_its_fragment_came_from(blocks):
    document = assemble(Reading(blocks))
    for block, span in zip(blocks, document.blocks, strict=True):
        assert document.text[span.start : span.end] == block.text
        offset = span.start
        for fragment in block.fragments:
            for at in range(offset, offset + len(fragment.text)):
                pages = [run.page for run in document.page_spans if run.start <= at < run.end]
                assert pages == [fragment.page]
            offset += len(fragment.text)


@given(_paged_blocks())
def test_page_runs_are_ordered_and_without_gaps(blocks):
    document = assemble(Reading(blocks))
    runs = document.page_spans
    assert (runs[0].start, runs[-1].end) == (0, len(document.text))
    assert all(one.end == other.start and one.page != other.page for one, other in zip(runs, runs[1:], strict=False))


@given(st.lists(SUBWORDS, max_size=6))
def test_a_format_without_pages_has_no_runs(blocks):
    document = assemble(Reading(tuple(_block("paragraph", *fragments) for fragments in blocks)))
    assert document.page_spans == ()
    assert document.text.count("\n") == max(len(blocks) - 1, 0)


def test_a_paragraph_and_its_continuation_stand_together_behind_a_footnote():
    reading = Reading(
        (
            _block("heading", ("A. Purpose", 1)),
            _block("paragraph", ("It begins[1]", 1)),
            _block("footnote", ("See the rule.", 1), marker="1"),
            _block("paragraph", ("and goes on.", 2)),
            _block("heading", ("B. Scope", 2)),
        ),
        page_labels=("i", "1"),
    )
    document = assemble(reading)
    assert document.text == "A. Purpose\nIt begins[1]\nand goes on.\nSee the rule.\nB. Scope"
    assert document.page_labels == ("i", "1")
    note = document.text.index("See the rule.")
    assert [run.page for run in document.page_spans if run.start <= note < run.end] == [1]


@pytest.mark.parametrize(("blocks", "reason"), [((), "no block"), ((_block("paragraph", ("", 0)),), "an empty one")])
def test_nothing_gives_an_empty_text(blocks, reason):
    assert assemble(Reading(blocks)).text == "", reason
