"""Passages: what is true of every cut, over made-up and real documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.corpus.manifest import load_manifest
from ingest.passages import MAX_WORDS, chunk
from ingest.readers.registry import read_document
from ingest.records import Fragment, RawBlock, Reading
from ingest.structure.sections import find_sections

FORMATS = (".md", ".txt", ".html", ".docx")


def _chunked(reading, cited_as="", title="The Title", crosswalk=()):
    document = assemble(reading)
    sections = find_sections(document, cited_as=cited_as, title=title, crosswalk=crosswalk)
    return document, sections, chunk(document, sections, document_id="doc", title=title)


def _check(document, sections, passages, title="The Title"):
    """Everything that the docstrings promise of passages."""
    covered = []
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text.split()) <= MAX_WORDS, passage.id
        assert passage.id == f"doc:{passage.start}-{passage.end}"
        section = sections[passage.section]
        assert section.start <= passage.start and passage.end <= section.end, "a passage lies within its section"
        assert passage.indexed_text.startswith(title)
        assert passage.indexed_text.endswith(passage.text)
        covered.append((passage.start, passage.end))
    assert all(one[1] <= other[0] for one, other in zip(covered, covered[1:], strict=False)), "spans do not overlap"
    ends = [0, *(end for _, end in covered)]
    starts = [*(start for start, _ in covered), len(document.text)]
    for end, start in zip(ends, starts, strict=True):
        assert not document.text[end:start].strip(), "every word is in a passage"


def _readable(corpus: Path) -> Iterator[tuple[str, str]]:
    return (
        (entry.file, entry.cited_as) for entry in load_manifest(corpus).documents if Path(entry.file).suffix in FORMATS
    )


def test_the_small_corpus(pristine_corpus):
    files = list(_readable(pristine_corpus))
    assert len(files) == 6
    for file, cited_as in files:
        _check(*_chunked(read_document(pristine_corpus / file), cited_as))


@pytest.mark.slow
def test_the_real_documents(real_corpus):
    files = list(_readable(real_corpus))
    assert len(files) > 10
    for file, cited_as in files:
        _check(*_chunked(read_document(real_corpus / file), cited_as))


WORDS = st.lists(
    st.sampled_from(["applicant", "status", "(a)", "victim.", "The", "8", "U.S.C."]), min_size=1, max_size=120
)
PARAGRAPHS = st.tuples(
    st.sampled_from(["paragraph", "list_item", "table_row"]),
    st.sampled_from(["", "(a) ", "(b) ", "(1) ", "(2) ", "(i) "]),
    WORDS,
    st.integers(1, 5),
)
HEADINGS = st.sampled_from(["§ 214.1 One.", "§ 214.2 Definitions.", "Part A", "A. Letter"]).map(
    lambda t: ("heading", t, [], 1)
)
NOTES = WORDS.map(lambda words: ("footnote", "", words, 1))


@st.composite
def _readings(draw):
    blocks = []
    for kind, prefix, words, times in draw(st.lists(st.one_of(PARAGRAPHS, HEADINGS, NOTES), max_size=10)):
        text = prefix + " ".join(words * times)
        blocks.append(RawBlock(kind, (Fragment(text.strip()),), level=1, marker="1" if kind == "footnote" else ""))
    return Reading(tuple(blocks))


@given(_readings(), st.sampled_from(["8 CFR", "3 USCIS-PM B", ""]))
def test_any_document(reading, cited_as):
    _check(*_chunked(reading, cited_as))


def test_a_sentence_longer_than_a_passage_is_cut_at_words():
    text = " ".join(f"word{n}" for n in range(3 * MAX_WORDS))
    document, sections, passages = _chunked(Reading((RawBlock("paragraph", (Fragment(text),)),)))
    _check(document, sections, passages)
    assert len(passages) >= 3
    assert " ".join(passage.text for passage in passages) == text


def test_a_page_and_its_printed_label_are_those_of_the_first_character():
    blocks = (
        RawBlock("heading", (Fragment("One", 1),), level=1),
        RawBlock("paragraph", (Fragment("Text of one.", 1),)),
        RawBlock("heading", (Fragment("Two", 2),), level=1),
        RawBlock("paragraph", (Fragment("Text of ", 2), Fragment("two.", 3))),
    )
    _, _, passages = _chunked(Reading(blocks, page_labels=("i", "ii", "1")))
    assert [(passage.text.split("\n")[0], passage.page, passage.page_label) for passage in passages] == [
        ("One", 1, "i"),
        ("Two", 2, "ii"),
    ]


CONTEXT = [  # (lines as (kind, text), passage that holds …, its indexed text also holds …, reason)
    (
        [
            ("heading", "§ 214.202 Eligibility."),
            ("paragraph", "They must show all of the following:"),
            ("paragraph", "(a) Victim. " + "One. " * 180),
            ("paragraph", "(b) Presence. " + "Two. " * 180),
        ],
        "Presence",
        "They must show all of the following:",
        "an item knows its lead-in",
    ),
    (
        [
            ("heading", "§ 214.202 Eligibility."),
            ("paragraph", "(a) Victim. " + "One. " * 240),
            ("paragraph", "(b) Presence."),
        ],
        "(b) Presence",
        "§ 214.202 Eligibility.",
        "a paragraph knows its section's heading",
    ),
    (
        [
            ("heading", "Fees"),
            ("table_header", "Form | Fee"),
            *[("table_row", f"I-{n} | " + "x " * 60) for n in range(6)],
        ],
        "I-5",
        "Form | Fee",
        "rows know the header of their table",
    ),
    (
        [
            ("heading", "Scope"),
            ("paragraph", "It is bona fide.[1] Then it ends."),
            ("heading", "Next"),
            ("paragraph", "Text. " * 10),
            ("footnote", "See the rule."),
        ],
        "See the rule.",
        "It is bona fide.",
        "a footnote knows the sentence that refers to it",
    ),
]


@pytest.mark.parametrize(("lines", "words", "indexed", "reason"), CONTEXT)
def test_indexed_text_says_what_a_passage_needs_to_be_read_alone(lines, words, indexed, reason):
    blocks = tuple(
        RawBlock(
            kind,
            (Fragment(text.strip()),),
            level=1 if kind == "heading" else 0,
            marker="1" if kind == "footnote" else "",
        )
        for kind, text in lines
    )
    _, _, passages = _chunked(Reading(blocks), "8 CFR")
    found = [passage for passage in passages if words in passage.text]
    assert len(found) == 1
    assert indexed in found[0].indexed_text, reason
