"""Excerpts, collections and what one does to them: cut from the index, edited, written, read again."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import editing
from collection.excerpts import make_excerpt, stands
from collection.files import LARGEST, read_collection, write_collection
from collection.records import LONGEST_EXCERPT, MOST_EXCERPTS, Collection, Excerpt
from collection.verification import found_out, verified
from pinpoint.errors import CollectionFileError, ExcerptError
from pinpoint.records import Span

DAY = date(2026, 11, 22)


def saved(text="A text.", **fields):
    """An excerpt of no document in particular."""
    start = fields.pop("start", 5)
    base = Excerpt(
        document_id="rule",
        title="A rule",
        file="rule.md",
        publisher="An office",
        kind="regulation",
        section="8 CFR 1.1",
        section_path=("8 CFR", "1.1"),
        page=3,
        page_label="ii",
        start=start,
        end=start + len(text),
        text=text,
        effective_from=date(2024, 8, 28),
        effective_to=None,
        url="https://example.gov/rule",
        sha256="ab" * 32,
        generation="20261122-1",
        corpus_digest="cd" * 32,
        as_of=DAY,
        saved=DAY,
    )
    return replace(base, **fields)


def named(*marks):
    """A collection of excerpts "a1", "b1", …: the letter is the heading, "-" for none."""
    return Collection("T", tuple(saved(mark, heading=mark[0].replace("-", "")) for mark in marks))


def texts(collection):
    return " ".join(excerpt.text for excerpt in collection.excerpts)


def key(mark):
    return saved(mark).key


def test_an_excerpt_is_verbatim_and_knows_its_position(tiny_index):
    start = tiny_index.store.text(Span("rule-now", 0, 100_000)).index("(d) Hardship.")
    excerpt = make_excerpt(tiny_index, Span("rule-now", start, start + 13), DAY)
    assert (excerpt.text, excerpt.section, excerpt.kind) == ("(d) Hardship.", "8 CFR 214.202(d)", "regulation")
    assert excerpt.effective_from == date(2024, 8, 28) and excerpt.as_of == DAY and excerpt.page is None
    assert excerpt.generation == tiny_index.folder.name and excerpt.corpus_digest == tiny_index.facts["corpus_digest"]
    assert excerpt.sha256 == tiny_index.documents["rule-now"].sha256 and stands(tiny_index, excerpt)
    assert not stands(tiny_index, replace(excerpt, start=start + 1))


def test_what_a_file_says_of_a_document_gives_way_to_the_index(tiny_index):
    start = tiny_index.store.text(Span("rule-now", 0, 10**6)).index("(d) Hardship.")
    excerpt = make_excerpt(tiny_index, Span("rule-now", start, start + 60), DAY)
    told = replace(
        excerpt,
        title="Forged",
        url="https://forged.example",
        note="Mine",
        heading="H",
        page=7,
        kind="statute",
        checked=False,
    )
    right = replace(excerpt, note="Mine", heading="H")
    for claimed, reason in (
        (told, "what the file says of the document"),
        (replace(told, section="8 CFR 9.9"), "and of the citation"),
        (replace(told, start=5, end=5 + len(told.text)), "words that were pushed along"),
        (replace(told, document_id="none"), "a document under another name, found by the citation"),
    ):
        assert verified(tiny_index, claimed, DAY) == right, reason


def test_words_that_stand_nowhere_stay_a_claim(tiny_index):
    excerpt = make_excerpt(tiny_index, Span("rule-now", 0, 30), DAY)
    invented = replace(excerpt, text="x" * 30, checked=False)
    assert verified(tiny_index, invented, DAY) is invented
    nowhere = replace(excerpt, document_id="none", section="Somewhere", checked=False)
    assert verified(tiny_index, nowhere, DAY) is nowhere
    read = Collection("", (replace(excerpt, section="8 CFR 9.9", checked=False), invented))
    said = found_out(read, Collection("", (excerpt, invented)))
    assert "1 excerpt stands under another citation than the file says" in said and "8 CFR 9.9" in said
    assert "1 excerpt of the file is not in the documents in use" in said and found_out(read, read) != ""
    assert found_out(Collection("", (excerpt,)), Collection("", (excerpt,))) == ""


def test_what_is_checked_takes_the_position_of_the_same_claim():
    claim = saved("a1", heading="a", note="N", checked=False)
    (retained,) = editing.add(Collection("", (claim,)), saved("a1")).excerpts
    assert retained.checked and (retained.heading, retained.note) == ("a", "N")
    assert editing.add(Collection("", (saved("a1"),)), claim).excerpts == (saved("a1"),), "and never the other way"


def test_white_space_at_the_ends_is_left_out(tiny_index):
    text = tiny_index.store.text(Span("rule-now", 0, 100_000))
    gap = text.index("\n")
    excerpt = make_excerpt(tiny_index, Span("rule-now", gap, text.index("\n", gap + 1) + 1), DAY)
    assert excerpt.text == excerpt.text.strip() == text[excerpt.start : excerpt.end]


@pytest.mark.parametrize(
    ("document", "start", "end", "words"),
    [
        ("nowhere", 0, 5, "no document \u201cnowhere\u201d"),
        ("rule-now", 5, 5, "no span"),
        ("rule-now", 9, 3, "no span"),
        ("rule-now", -2, 3, "no span"),
        ("rule-now", 0, 10**8, "ends before"),
    ],
)
def test_what_cannot_be_collected_is_said(tiny_index, document, start, end, words):
    with pytest.raises(ExcerptError, match=words):
        make_excerpt(tiny_index, Span(document, start, end), DAY)


def test_white_space_alone_and_too_much_text_are_refused(tiny_index, monkeypatch):
    text = tiny_index.store.text(Span("rule-now", 0, 100_000))
    with pytest.raises(ExcerptError, match="only white space"):
        make_excerpt(tiny_index, Span("rule-now", text.index("\n"), text.index("\n") + 1), DAY)
    monkeypatch.setattr("collection.excerpts.LONGEST_EXCERPT", 20)
    with pytest.raises(ExcerptError, match="too many for one excerpt"):
        make_excerpt(tiny_index, Span("rule-now", 0, 60), DAY)


EDITS = [
    ("added behind those of its heading", ("a1", "b1"), lambda c: editing.add(c, saved("a2", heading="a")), "a1 a2 b1"),
    ("a new heading comes last", ("a1",), lambda c: editing.add(c, saved("b1", heading="b")), "a1 b1"),
    ("the same excerpt is added once", ("a1",), lambda c: editing.add(c, saved("a1", heading="z")), "a1"),
    ("moved up", ("a1", "a2", "a3"), lambda c: editing.move(c, key("a3"), -1), "a1 a3 a2"),
    ("moved down", ("a1", "a2", "a3"), lambda c: editing.move(c, key("a1"), 1), "a2 a1 a3"),
    ("the first stays first", ("a1", "a2"), lambda c: editing.move(c, key("a1"), -1), "a1 a2"),
    ("the last stays last", ("a1", "a2"), lambda c: editing.move(c, key("a2"), 1), "a1 a2"),
    ("it does not leave its heading", ("a1", "b1"), lambda c: editing.move(c, key("b1"), -1), "a1 b1"),
    ("a heading moved up", ("a1", "b1", "b2"), lambda c: editing.move_group(c, 1, -1), "b1 b2 a1"),
    ("the last heading stays last", ("a1", "b1"), lambda c: editing.move_group(c, 1, 1), "a1 b1"),
    ("no group is moved that is not there", ("a1", "b1"), lambda c: editing.move_group(c, 5, 1), "a1 b1"),
    ("put under another heading", ("a1", "a2", "b1"), lambda c: editing.put_under(c, key("a1"), "b"), "a1 a2 b1"),
    ("brought together", ("a1", "b1", "a2", "b2"), editing.gather, "a1 a2 b1 b2"),
    ("a group moved to one of its heading", ("a1", "b1", "a2"), lambda c: editing.move_group(c, 1, 1), "a1 a2 b1"),
    ("put under its own heading it stays", ("a1", "a2"), lambda c: editing.put_under(c, key("a1"), " a "), "a1 a2"),
    ("removed", ("a1", "a2"), lambda c: editing.remove(c, key("a1")), "a2"),
    (
        "a removal taken back",
        ("a1", "a2", "b1"),
        lambda c: editing.restore(editing.remove(c, key("a2")), saved("a2", heading="a"), 1),
        "a1 a2 b1",
    ),
    ("taken back when it is there again", ("a1",), lambda c: editing.restore(c, saved("a1"), 0), "a1"),
    ("merged, doubles once", ("a1", "b1"), lambda c: editing.merge(c, named("b1", "a2", "c1")), "a1 a2 b1 c1"),
    ("renewed at its position", ("a1", "a2"), lambda c: editing.renew(c, key("a1"), saved("a9")), "a9 a2"),
    ("renewed by one that is there", ("a1", "a2"), lambda c: editing.renew(c, key("a1"), saved("a2")), "a2"),
]


@pytest.mark.parametrize(("before", "edit", "after"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
def test_edits(before, edit, after):
    collection = named(*before)
    assert texts(edit(collection)) == after
    assert texts(collection) == " ".join(before), "the collection itself is never changed"


def test_notes_and_titles_are_retained_in_bounds():
    collection = editing.annotate(named("a1", "a2"), key("a2"), "  Mind this.\n")
    assert [excerpt.note for excerpt in collection.excerpts] == ["", "Mind this."]
    assert editing.retitle(collection, " Five\n elements ").title == "Five elements"
    assert editing.renew(collection, key("a2"), saved("new")).excerpts[1].note == "Mind this."
    assert editing.headings(named("-1", "b1")) == ("", "b")


def test_a_full_collection_takes_no_more():
    full = Collection("", tuple(saved("x", start=n) for n in range(MOST_EXCERPTS)))
    assert editing.add(full, saved("y")) is full


MARKS = st.lists(st.sampled_from([f"{a}{n}" for a in "ab-" for n in range(3)]), unique=True)
STEPS = st.sampled_from([-1, 1])


@given(MARKS, st.integers(0, 8), STEPS)
def test_no_edit_loses_an_excerpt_or_splits_a_heading(marks, position, step):
    collection = editing.gather(named(*marks))
    if marks:
        collection = editing.move(collection, editing.keys(collection)[position % len(marks)], step)
        collection = editing.move_group(collection, position % len(editing.groups(collection)), step)
    assert sorted(texts(collection).split()) == sorted(marks)
    assert tuple(e for _, group in editing.groups(collection) for e in group) == collection.excerpts
    assert editing.is_gathered(collection)


@given(MARKS.filter(bool), st.integers(0, 8), st.sampled_from(["", "a", "new"]))
def test_a_heading_moves_no_card(marks, position, heading):
    collection = named(*marks)
    headed = editing.put_under(collection, editing.keys(collection)[position % len(marks)], heading)
    assert editing.keys(headed) == editing.keys(collection)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
EXCERPTS = st.builds(
    lambda text, start, **fields: saved(text, start=start, **fields),
    TEXT.filter(str.strip),
    st.integers(0, 10**9),
    title=TEXT,
    note=TEXT,
    heading=TEXT,
    section=TEXT,
    url=TEXT,
    section_path=st.lists(TEXT, max_size=3).map(tuple),
    page=st.none() | st.integers(1, 9999),
    page_label=TEXT,
    effective_from=st.none() | DAYS,
    effective_to=st.none() | DAYS,
    as_of=DAYS,
    saved=DAYS,
)


@given(TEXT, st.lists(EXCERPTS, max_size=4))
def test_a_collection_comes_back_from_its_file(title, excerpts):
    collection = editing.merge(Collection(title), Collection("", tuple(excerpts)))
    read = read_collection(write_collection(collection))
    assert not any(excerpt.checked for excerpt in read.excerpts), "nothing in a file counts as checked"
    assert replace(read, excerpts=tuple(replace(one, checked=True) for one in read.excerpts)) == collection


def written(change):
    """A good file after a change to what it holds."""
    content = json.loads(write_collection(named("a1", "b1")))
    change(content)
    return json.dumps(content).encode()


def put(name, value):
    return lambda content: content["excerpts"][1].__setitem__(name, value)


REFUSED = [
    ("too large", b" " * (LARGEST + 1), "bytes; 5,000,000 are the most"),
    ("not UTF-8", b"\xff\xfe{}", "not UTF-8"),
    ("not JSON", b"{", "not JSON \\(line 1"),
    ("nested to death", b"[" * 200_000, "nested too deeply|not JSON"),
    ("another file", b'{"a": 1}', "not a collection file"),
    ("a list", b"[]", "not a collection file"),
    ("a name twice", b'{"title": "", "title": "x"}', "'title' twice"),
    ("no number", b'{"pinpoint_collection": NaN}', "NaN"),
    ("an endless number", b'{"pinpoint_collection": ' + b"9" * 5000 + b"}", "too many digits"),
    ("another version", written(lambda c: c.update(pinpoint_collection=2)), "format 2"),
    ("true is no version", written(lambda c: c.update(pinpoint_collection=True)), "format True"),
    ("unknown name at the top", written(lambda c: c.update(extra=1)), "'extra' is no field"),
    ("no title", written(lambda c: c.pop("title")), "\u201ctitle\u201d is missing"),
    ("a title that is no text", written(lambda c: c.update(title=3)), "title: it has to be a text, not 3"),
    ("excerpts that are no list", written(lambda c: c.update(excerpts={})), "has to be a list"),
    ("too many", written(lambda c: c.update(excerpts=[1] * (MOST_EXCERPTS + 1))), "excerpts; 500 are the most"),
    ("an excerpt that is none", written(lambda c: c["excerpts"].append("x")), "Excerpt 3: it has to be an object"),
    ("one twice", written(lambda c: c["excerpts"].append(c["excerpts"][0])), "Excerpt 3: it is in the file twice"),
    ("a file that calls itself checked", written(put("checked", True)), "Excerpt 2: 'checked' is no field"),
    ("unknown field", written(put("colour", "red")), "Excerpt 2: 'colour' is no field"),
    ("field missing", written(lambda c: c["excerpts"][1].pop("url")), "Excerpt 2: \u201curl\u201d is missing"),
    ("wrong type", written(put("note", None)), "Excerpt 2, note: it has to be a text"),
    ("half a character", written(put("note", "\ud800")), "Excerpt 2, note: it holds half of a character"),
    ("too long a note", written(put("note", "x" * 5001)), "Excerpt 2, note: it has 5,001 characters"),
    ("too long a text", written(put("text", "x" * (LONGEST_EXCERPT + 1))), "Excerpt 2, text: it has 20,001"),
    ("a path of numbers", written(put("section_path", [1])), "Excerpt 2, section_path: it has to be a list"),
    ("page 0", written(put("page", 0)), "Excerpt 2, page: 0 is no page"),
    ("page true", written(put("page", True)), "Excerpt 2, page: True"),
    ("before the beginning", written(put("start", -1)), "Excerpt 2, start: -1 is no place"),
    ("half an offset", written(put("end", 1.5)), "Excerpt 2, end: 1.5 is no place"),
    ("a span of another length", written(put("end", 99)), "5-99 is not the span of a text of 2 characters"),
    ("no text", written(put("text", "  ")), "not the span of a text"),
    ("no such day", written(put("saved", "2026-02-30")), "Excerpt 2, saved: '2026-02-30' is no date"),
    ("a day in another form", written(put("effective_from", "20240828")), "effective_from: '20240828' is no date"),
    ("no day", written(put("as_of", None)), "Excerpt 2, as_of: None is no date"),
]


@pytest.mark.parametrize(("content", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_file_that_is_wrong_is_refused_with_its_line_or_field(content, words):
    with pytest.raises(CollectionFileError, match=words):
        read_collection(content)


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
        max_leaves=8,
    ).map(lambda found: json.dumps({"pinpoint_collection": 1, "title": "", "excerpts": [found]}).encode())
)
def test_nothing_but_a_collection_is_read(content):
    with pytest.raises(CollectionFileError):
        read_collection(content)
