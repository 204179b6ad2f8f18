"""The parts of the Browse page by themselves: annotated text, contents, spans, terms, checklists."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.references import Reference
from index.documents.section_tree import SectionTree
from index.search import HybridIndex
from pinpoint.records import Block, LeftOut
from pinpoint.stored import Link, StoredSection
from ui.html.annotate import Annotation, Insertion, annotate, without_overlaps
from ui.html.answers.cited_section import cited_section
from ui.html.documents import checklist
from ui.html.documents.checklist import find_checklists
from ui.html.documents.contents import full_name, spelled, tree
from ui.html.documents.defined_terms import definitions, term_annotations
from ui.html.documents.parts import indent_of, parts_of
from ui.html.documents.section_text import section_text
from ui.html.documents.text_links import marker_of
from ui.html.documents.view import View
from ui.html.documents.window import LONGEST, window_of

TODAY = date(2026, 11, 22)


def section(number, parent, start, own_end, end, *, citation="", heading="", kind="provision"):
    return StoredSection(
        document_id="d", number=number, parent=parent, citation=citation or f"§ {number}", heading=heading, kind=kind,
        start=start, own_end=own_end, end=end,
    )  # fmt: skip


def look(index: HybridIndex, document_id: str, name: str, passage=None) -> View:
    """A section of the small corpus as it is shown."""
    contents = index.store.tree(document_id)
    window = window_of(contents, index.store.blocks(document_id), contents.named(name)[0], passage)
    return View(
        index=index,
        document=index.documents[document_id],
        contents=contents,
        window=window,
        as_of=TODAY,
        passage=passage,
    )


@pytest.mark.parametrize(
    ("annotations", "insertions", "marks", "expected", "reason"),
    [
        ([], [], [], "a &lt;b&gt; c", "markup of the text is shown"),
        ([Annotation(12, 15, "<i>", "</i>")], [], [], "a <i>&lt;b&gt;</i> c", "an annotation counts in the document"),
        ([], [Insertion(12, "|")], [], "a |&lt;b&gt; c", "a point stands before its character"),
        ([], [Insertion(12, "|")], [(11, 13)], "a<mark> </mark>|<mark>&lt;</mark>b&gt; c", "a mark around a point"),
        (
            [Annotation(12, 15, "<i>", "</i>")],
            [],
            [(13, 17)],
            "a <i>&lt;<mark>b&gt;</mark></i><mark> c</mark>",
            "a mark across the end of an annotation",
        ),
        (
            [Annotation(10, 11, "<i>", "</i>"), Annotation(11, 12, "<b>", "</b>")],
            [],
            [],
            "<i>a</i><b> </b>&lt;b&gt; c",
            "side by side",
        ),
        (
            [Annotation(12, 40, "<i>", "</i>")],
            [],
            [],
            "a &lt;b&gt; c",
            "an annotation that reaches beyond the span is left out",
        ),
        ([], [], [(0, 99)], "<mark>a &lt;b&gt; c</mark>", "a mark is cut to the span"),
    ],
)
def test_annotated(annotations, insertions, marks, expected, reason):
    assert annotate("a <b> c", 10, annotations, insertions, marks) == expected, reason


SPANS = st.tuples(st.integers(0, 110), st.integers(0, 20))


@given(st.text(max_size=60), st.integers(0, 50), st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=1))
def test_annotated_text_reads_as_it_is_and_nests(text, offset, spans, marks):
    annotations = without_overlaps(Annotation(a, a + n, "<i>", "</i>") for a, n in spans if n)
    found = annotate(text, offset, annotations, [Insertion(offset, "<br>")], [(a, a + n) for a, n in marks])
    assert html.unescape(re.sub(r"</?(?:i|br|mark)>", "", found)) == html.unescape(html.escape(text))
    open_tags = []
    for closing, tag in re.findall(r"<(/?)(i|mark)>", found):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert not open_tags


def test_of_annotations_that_overlap_the_first_given_stays():
    first, second, third = Annotation(5, 9, "1", ""), Annotation(8, 12, "2", ""), Annotation(0, 5, "3", "")
    assert without_overlaps([first, second, third]) == [third, first]


@pytest.fixture
def small() -> SectionTree:
    """A document of two chapters; the first has two sections, the first of these two paragraphs."""
    return SectionTree(
        [
            section(0, -1, 0, 0, 100, citation="Doc", kind="document"),
            section(1, 0, 0, 10, 60, citation="I", heading="Chapter I", kind="heading"),
            section(2, 1, 10, 20, 40, citation="1", heading="Sec. 1", kind="heading"),
            section(3, 2, 20, 30, 30, citation="1(a)", heading="(a)"),
            section(4, 2, 30, 40, 40, citation="1(b)", heading="(b) Beta"),
            section(5, 1, 40, 60, 60, citation="1", heading="Sec. 1 again", kind="heading"),
            section(6, 0, 60, 100, 100, citation="II", heading="Chapter II", kind="heading"),
        ]
    )


@pytest.mark.parametrize(
    ("number", "before", "after", "reason"),
    [
        (0, None, None, "the whole document has no neighbour"),
        (1, 0, 6, "the first chapter comes after the document itself"),
        (3, 2, 4, "the first paragraph comes after its section"),
        (4, 3, 5, "behind the last paragraph the next section"),
        (5, 2, 6, "the section before, not its last paragraph"),
        (6, 1, None, "nothing comes after the last"),
    ],
)
def test_neighbours(small, number, before, after, reason):
    found = small.before(small.sections[number]), small.after(small.sections[number])
    assert tuple(one.number if one else None for one in found) == (before, after), reason


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [(0, 100, 0), (20, 30, 3), (22, 25, 3), (25, 35, 2), (45, 50, 5), (55, 65, 0), (99, 100, 6)],
)
def test_the_finest_section_of_a_span(small, start, end, number):
    assert small.deepest(start, end).number == number


def test_contents_agree_with_the_index(tiny_index):
    for document_id in tiny_index.documents:
        contents = tiny_index.store.tree(document_id)
        for one in contents.sections:
            assert one == tiny_index.store.section(document_id, one.number)
            assert contents.children(one) == tuple(other for other in contents.sections if other.parent == one.number)
            for start, end in ((one.start, one.end), (one.start, one.own_end), (max(one.end - 1, one.start), one.end)):
                holding = [other for other in contents.sections if other.start <= start and end <= other.end]
                expected = max(holding, key=lambda other: (other.start, -other.end, other.number))
                assert contents.deepest(start, end) == expected
    assert tiny_index.store.section_counts()["rule-now"] == len(tiny_index.store.tree("rule-now").sections)


def test_of_two_sections_of_a_name_the_first_bears_it(small):
    assert [small.first_of_name(small.sections[number]) for number in (2, 5)] == [True, False]


@pytest.mark.parametrize(
    ("words", "numbers"), [("sec.", [2, 5]), ("beta", [4]), ("CHAPTER ii", [6]), ("", []), ("chapter beta", [])]
)
def test_titled(small, words, numbers):
    assert [one.number for one in small.titled(words, 10)] == numbers


@pytest.mark.parametrize(
    ("citation", "heading", "alone", "full"),
    [
        ("8 CFR 1.1(a)", "(a)", "8 CFR 1.1(a)", "8 CFR 1.1(a)"),
        ("8 CFR 1.1(a)", "(a) Victim", "(a) Victim", '<span class="pp-where">8 CFR 1.1(a)</span> Victim'),
        ("8 CFR 1.1", "§ 1.1 Scope.", "§ 1.1 Scope.", "§ 1.1 Scope."),
        (
            "3 USCIS-PM B.2(A)",
            "A. Overview",
            "A. Overview",
            '<span class="pp-where">3 USCIS-PM B.2(A)</span> A. Overview',
        ),
        ("QHSR, Missions", "Missions", "Missions", "Missions"),
        ("D", "<b>", "<b>", '<span class="pp-where">D</span> &lt;b&gt;'),
    ],
)
def test_names_of_sections(citation, heading, alone, full):
    one = section(1, 0, 0, 1, 1, citation=citation, heading=heading)
    assert (spelled(one), full_name(one)) == (alone, full)


def long_document(part: int, parts: int, own: int = 10) -> SectionTree:
    """A chapter with ``parts`` sections of ``part`` characters each behind its own text."""
    end = own + part * parts
    return SectionTree(
        [
            section(0, -1, 0, 0, end, kind="document"),
            section(1, 0, 0, own, end, kind="heading"),
            *(section(n + 2, 1, own + n * part, own + (n + 1) * part, own + (n + 1) * part) for n in range(parts)),
        ]
    )


def paragraphs(contents: SectionTree, size: int) -> tuple[Block, ...]:
    return tuple(Block("paragraph", at, min(at + size, contents.root.end)) for at in range(0, contents.root.end, size))


@pytest.mark.parametrize(
    ("part", "parts", "own", "chosen", "expected", "reason"),
    [
        (100, 3, 10, 1, (0, 310, 0), "a short section is shown whole"),
        (7_000, 5, 10, 1, (0, 14_010, 3), "a long one down to the last part that fits"),
        (30_000, 2, 10, 1, (0, 10, 2), "its own text where no part fits"),
        (100, 3, 10, 3, (0, 310, 0), "a paragraph within its section"),
        (7_000, 5, 10, 3, (7_010, 14_010, 0), "a paragraph alone where its section is too long"),
        (7_000, 5, 10, 0, (0, 0, 5), "of the whole document the parts, past a chapter that is only a heading"),
    ],
)
def test_spans(part, parts, own, chosen, expected, reason):
    contents = long_document(part, parts, own)
    found = window_of(contents, paragraphs(contents, 500), contents.sections[chosen], None)
    assert (found.start, found.end, len(found.parts)) == expected, reason


def test_the_span_contains_the_passage_wherever_it_stands():
    contents = long_document(7_000, 5)
    found = window_of(contents, paragraphs(contents, 500), contents.sections[1], (30_000, 30_010))
    assert found.chosen.number == 6 and found.start <= 30_000 < found.end


def test_own_text_that_is_too_long_is_read_in_windows_without_gaps():
    contents = long_document(100, 2, own=50_000)
    blocks = paragraphs(contents, 900)
    found = window_of(contents, blocks, contents.sections[1], None)
    spans = [(found.start, found.end)]
    while found.after:
        found = window_of(contents, blocks, contents.sections[1], found.after)
        spans.append((found.start, found.end))
        assert found.before == spans[-2]
    assert spans[0][0] == 0 and spans[-1][1] == 50_000 and len(found.parts) == 2
    assert all(a[1] <= b[0] <= a[1] + 900 for a, b in zip(spans, spans[1:], strict=False))
    assert all(end - start <= LONGEST for start, end in spans)


def test_parts_are_set_in_by_paragraph(tiny_index):
    view = look(tiny_index, "rule-now", "8 CFR 214.204")
    found = {part.section.citation.removeprefix("8 CFR 214.204"): indent_of(view, part) for part in parts_of(view)}
    assert found == {"(a)": 0, "(b)": 0, "(b)(1)": 1, "(b)(1)(i)": 2, "(b)(1)(ii)": 2, "(b)(2)": 1, "(c)": 0}


@pytest.mark.parametrize("document_id", ["rule-now", "rule-old", "statute", "manual", "training", "review"])
def test_every_section_is_shown_word_for_word_with_anchors_of_its_own(tiny_index, document_id):
    for one in tiny_index.store.tree(document_id).sections[1:]:
        view = look(tiny_index, document_id, one.citation)
        page = section_text(view, definitions(view.contents, view.window.top))
        read = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
        for part in parts_of(view):
            if not part.kind.startswith("table"):
                assert " ".join(view.text(part.start, part.end).split()) in read
        anchors = re.findall(r'\bid="([^"]+)"', page)
        assert len(anchors) == len(set(anchors))
        assert tree(tiny_index, view.contents, one, TODAY).count('aria-current="true"') == 1


def test_struck_words_are_shown_where_they_stand_and_are_no_part_of_what_is_copied(tiny_index):
    document_id = next(iter(tiny_index.documents))
    one = next(s for s in tiny_index.store.tree(document_id).sections[1:] if s.own_end - s.start > 60)
    view = look(tiny_index, document_id, one.citation)
    part = next(part for part in parts_of(view) if part.kind == "paragraph")
    left_out = (
        LeftOut("struck out", 2, text="within <30> days", position=part.start + 4),
        LeftOut("struck out", 1, text="never", position=part.end),
        LeftOut("struck out", 1, text="unknown", position=-1),
        LeftOut("hidden", 1, position=part.start),
    )
    struck = replace(view, document=replace(view.document, left_out=left_out))
    before, after = section_text(view), section_text(struck)
    assert after.count("<s>") == 2
    assert "Struck out, no part of the text: </span><s>within &lt;30&gt; days</s>" in after
    assert "<s>never</s>" in after
    assert re.sub(r' <span class="pp-struck">.*?</s><span class="pp-unseen">.*?</span></span> ', "", after) == before
    copied = re.findall(r'data-pp-value="([^"]*)"', after)
    assert not [value for value in copied if "within <30>" in html.unescape(value) or "never" in value]


def test_a_term_applies_in_the_part_around_its_definitions_and_not_in_its_own_entry(tiny_index):
    contents = tiny_index.store.tree("rule-now")
    defined = definitions(contents, contents.named("8 CFR 214.204")[0])
    assert [one.term for one in defined] == ["Coercion", "Law Enforcement Agency"]
    outside = contents.named("8 CFR 214.204")[0]
    text = "Coercion, coercion and coerciveness by an LEA or a Law Enforcement Agency"
    annotations = term_annotations(defined, text, outside.start, outside)
    assert sorted((annotation.start - outside.start, annotation.end - outside.start) for annotation in annotations)[
        0
    ] == (0, 8)
    inside = defined[0].section
    assert all(
        annotation.before.find(f"term-{inside.start}") < 0
        for annotation in term_annotations(defined, text, inside.start, inside)
    )


@pytest.mark.parametrize(
    ("document_id", "name", "expected", "reason"),
    [
        (
            "rule-now",
            "8 CFR 214.202",
            [["(a)", "(b)", "(c)", "-(c)(1)", "-(c)(2)", "(d)", "(e)"]],
            "what explains an item is not ticked off",
        ),
        (
            "rule-now",
            "8 CFR 214.204(b)(1)",
            [["(b)(1)(i)", "(b)(1)(ii)"]],
            "a list further down, found within its section",
        ),
        ("rule-old", "8 CFR 214.11(b)", [["(b)(1)", "(b)(2)", "(b)(3)"]], "the old law"),
        ("rule-now", "8 CFR 214.206", [], "no list"),
        (
            "manual",
            "3 USCIS-PM B.2(B)(1)",
            [["", "", ""]],
            "list items of running text bear the pinpoint of their section",
        ),
        ("review", "QHSR Missions", [["", "", "", "", "", ""]], "a numbered list"),
    ],
)
def test_checklists(tiny_index, document_id, name, expected, reason):
    contents = tiny_index.store.tree(document_id)
    if not contents.named(name):
        name = next(one.citation for one in contents.sections if one.heading.startswith("Missions"))
    view = look(tiny_index, document_id, name)
    found = []
    for one in find_checklists(view):
        home = view.contents.line(one.section)
        base = next((above.citation for above in reversed(home) if above.kind == "heading"), "")
        found.append([("" if entry.box else "-") + entry.section.citation.removeprefix(base) for entry in one.entries])
    assert found == expected, reason


def test_entries_of_a_checklist_are_verbatim_and_in_order(tiny_index):
    view = look(tiny_index, "rule-now", "8 CFR 214.202")
    (one,) = find_checklists(view)
    assert view.text(one.start, one.end).endswith("subject to section 214(o) of the Act:")
    assert [entry.start for entry in one.entries] == sorted(entry.start for entry in one.entries)
    assert view.text(one.entries[0].start, one.entries[0].end).startswith("(a) Victim. The applicant is")


@pytest.mark.parametrize(("citation", "marker"), [("3 USCIS-PM B.2 fn 12", "12"), ("INA 101 fn *", "*")])
def test_marker_of_a_footnote(citation, marker):
    assert marker_of(section(1, 0, 0, 1, 1, citation=citation)) == marker


def test_a_list_that_goes_on_behind_the_window_is_whole(tiny_index):
    view = look(tiny_index, "manual", "3 USCIS-PM B.2(B)(1)")
    (whole,) = find_checklists(view)
    top, cut = view.contents.deepest(whole.start, whole.entries[-1].end), whole.entries[1].start
    window = replace(view.window, top=top, start=top.start, end=cut, after=(cut, top.own_end))
    assert find_checklists(replace(view, window=window)) == [whole]
    behind = replace(view.window, top=top, start=cut, end=top.own_end, before=(top.start, cut))
    assert find_checklists(replace(view, window=behind)) == [], "without its lead-in it is no list"


def test_a_footnote_that_several_items_share_stands_once(tiny_index, monkeypatch):
    view = look(tiny_index, "rule-now", "8 CFR 214.202")
    note = tiny_index.references.footnote(tiny_index.store.tree("manual").named("3 USCIS-PM B.2 fn 2")[0])
    monkeypatch.setattr(checklist, "footnote_annotations", lambda *_: ([], [note]))
    drawn = checklist.checklists(view, find_checklists(view))
    ids = re.findall(r'id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids)) and drawn.count(f'id="note-{note.section.start}"') == 1
    assert f'href="#note-{note.section.start}">Footnote 2</a>, shown above' in drawn


def section_of(document_id, begin=None, end=None, parent=0):
    return StoredSection(
        document_id=document_id, number=1, parent=parent, citation="8 CFR 1.1", kind="provision", start=0, own_end=1,
        end=1, effective_from=begin, effective_to=end,
    )  # fmt: skip


OLD, NEW = section_of("old", None, date(2020, 1, 1)), section_of("new", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("sections", "document", "day", "expected", "reason"),
    [
        ((OLD, NEW), "other", date(2026, 1, 1), NEW, "the edition in force, not the first by name"),
        ((NEW, OLD), "other", date(2019, 1, 1), OLD, "on the day that is read"),
        ((OLD, NEW), "old", date(2026, 1, 1), OLD, "the document's own, whatever its day"),
        ((OLD,), "other", date(2026, 1, 1), OLD, "the only one"),
        ((section_of("whole", parent=-1),), "other", date(2026, 1, 1), None, "a document as a whole is no section"),
        ((), "other", date(2026, 1, 1), None, "not in these documents"),
    ],
)
def test_a_citation_leads_to_the_edition_in_force(sections, document, day, expected, reason):
    reference = Reference(Link(document, 0, 5, "8 CFR 1.1"), sections, exact=True)
    assert cited_section(reference, document, day) is expected, reason
