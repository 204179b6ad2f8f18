"""Where notes are shown: at their section and its parts, moved along by the crosswalk, flagged when a text changed."""

from dataclasses import replace
from datetime import date

import pytest

from editor_notes.editing import add_note
from editor_notes.reading import FILE_NAME
from editor_notes.records import Note
from editor_notes.sections import imprint
from editor_notes.shown import corpus_of, editor_notes
from editor_notes.wording import as_text, remarks
from pinpoint.commands import to_json
from pinpoint.records import Span

NOTE = Note(id="a", section="8 CFR 214.202", text="Ask counsel first.", by="Jane Doe", written=date(2026, 3, 2))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty corpus folder, of which the app and the commands take the notes."""
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    return tmp_path


def section(index, document, cited):
    return index.store.with_citation(document, cited)[0]


def shown(index, document, cited, *, own=True):
    """Where the notes beside a quotation of a section stand: the cited form of each."""
    found = section(index, document, cited)
    return [one.section for one in editor_notes(index).on(found.own_span if own else found.span)]


SHOWN = [
    ("8 CFR 214.202", "rule-now", "8 CFR 214.202", ["8 CFR 214.202"], "the section itself"),
    ("8 CFR 214.202", "rule-now", "8 CFR 214.202(c)(1)", ["8 CFR 214.202"], "a part of it, named as on the section"),
    ("8 CFR 214.202(c)(1)", "rule-now", "8 CFR 214.202(c)(1)", ["8 CFR 214.202(c)(1)"], "the very paragraph"),
    ("8 CFR 214.202(c)(1)", "rule-now", "8 CFR 214.202(c)(2)", [], "the paragraph beside it"),
    ("8 CFR 214.202(c)(1)", "rule-now", "8 CFR 214.202(c)", [], "the words above it, without it"),
    ("8 CFR 214.204", "rule-now", "8 CFR 214.202", [], "another section"),
    ("8 C.F.R. \u00a7 214.202", "rule-now", "8 CFR 214.202", ["8 CFR 214.202"], "as people write it by hand"),
    ("8 CFR 214.11(b)", "rule-now", "8 CFR 214.202", ["8 CFR 214.202"], "moved, with the section"),
    ("8 CFR 214.11(b)(2)", "rule-now", "8 CFR 214.202(b)", ["8 CFR 214.202(b)"], "moved, to the paragraph most alike"),
    ("8 CFR 214.11(b)(2)", "rule-old", "8 CFR 214.11(b)(2)", ["8 CFR 214.11(b)(2)"], "the old text has it still"),
    ("8 CFR 214.11", "rule-now", "8 CFR 214.204(a)", ["8 CFR 214.204"], "moved, of a section whose parts parted"),
    ("8 CFR 214.202", "rule-old", "8 CFR 214.11(b)", [], "a note on the new text is none on the old"),
    ("8 CFR 999.1", "rule-now", "8 CFR 214.202", [], "a section that no document has"),
]


@pytest.mark.parametrize(("on", "document", "quoted", "expected", "reason"), SHOWN, ids=[row[4] for row in SHOWN])
def test_a_note_is_shown_beside_its_section_and_its_parts(tiny_index, folder, on, document, quoted, expected, reason):
    add_note(folder, replace(NOTE, section=on))
    assert shown(tiny_index, document, quoted) == expected, reason


def test_a_quotation_of_a_whole_section_shows_the_notes_on_its_parts_the_nearest_first(tiny_index, folder):
    add_note(folder, NOTE)
    add_note(folder, replace(NOTE, id="b", section="8 CFR 214.202(c)(1)"))
    assert shown(tiny_index, "rule-now", "8 CFR 214.202", own=False) == ["8 CFR 214.202(c)(1)", "8 CFR 214.202"]


def test_a_note_of_one_document_is_shown_in_it_alone(tiny_index, folder):
    heading = next(one for one in tiny_index.store.tree("training").children(tiny_index.store.section("training", 0)))
    add_note(folder, replace(NOTE, section=heading.citation, document="training"))
    (found,) = editor_notes(tiny_index).at(heading)
    assert found.span == heading.span and not editor_notes(tiny_index).on(Span("rule-now", 0, 10))


def test_a_note_of_a_document_that_is_gone_is_shown_where_its_section_is_now(tiny_index, folder):
    add_note(folder, replace(NOTE, document="rule-of-2024"))
    assert shown(tiny_index, "rule-now", "8 CFR 214.202") == ["8 CFR 214.202"]


def test_a_note_goes_where_its_text_moved_although_no_document_has_the_old_one(tiny_index, folder, monkeypatch):
    old = section(tiny_index, "rule-old", "8 CFR 214.11(b)(2)")
    digest, begins = imprint(tiny_index, old)
    add_note(folder, replace(NOTE, section="8 CFR 214.11(b)(2)", digest=digest, begins=begins))
    with_citation = tiny_index.resolver.with_citation
    monkeypatch.setattr(
        tiny_index.resolver, "with_citation", lambda cited: [] if "214.11" in cited else with_citation(cited)
    )
    (found,) = editor_notes(tiny_index).on(section(tiny_index, "rule-now", "8 CFR 214.202(b)").span)
    assert (found.section, found.moved, found.changed) == ("8 CFR 214.202(b)", date(2024, 8, 28), True)


def test_a_note_is_flagged_when_the_text_below_it_changed(tiny_index, folder):
    here = section(tiny_index, "rule-now", "8 CFR 214.202")
    digest, begins = imprint(tiny_index, here)
    for name, written_on in (("same", digest), ("other", "0" * 64), ("unknown", "")):
        add_note(folder, replace(NOTE, id=name, digest=written_on, begins=begins))
    found = {one.note.id: one for one in editor_notes(tiny_index).on(here.span)}
    assert {name: one.changed for name, one in found.items()} == {"same": False, "other": True, "unknown": None}
    assert as_text(found["same"]) == (
        "Note of the editor, Jane Doe, March 2, 2026 on 8 CFR 214.202 \u2013 not part of the text: Ask counsel first."
    )
    assert "The text has changed since: check whether the note fits. It was written on" in as_text(found["other"])
    assert "is not recorded" in as_text(found["unknown"])


def test_a_moved_note_says_from_where_and_since_when(tiny_index, folder):
    old = section(tiny_index, "rule-old", "8 CFR 214.11(b)(2)")
    digest, begins = imprint(tiny_index, old)
    add_note(folder, replace(NOTE, section=old.citation, digest=digest, begins=begins))
    (found,) = editor_notes(tiny_index).on(section(tiny_index, "rule-now", "8 CFR 214.202(b)").span)
    said = as_text(found)
    assert "Written on 8 CFR 214.11(b)(2), which moved on August 28, 2024." in said
    assert "not the one that it was written on" in said and begins in said
    assert to_json(found)["moved_on"] == "2024-08-28" and to_json(found)["text_changed"] is True


def test_of_several_versions_the_others_are_not_said_to_have_changed(tiny_index, folder, monkeypatch):
    here, there = section(tiny_index, "rule-now", "8 CFR 214.204"), section(tiny_index, "rule-old", "8 CFR 214.11(d)")
    with_citation = tiny_index.resolver.with_citation
    monkeypatch.setattr(tiny_index.resolver, "with_citation", lambda cited: [*with_citation(cited), there])
    add_note(folder, replace(NOTE, section="8 CFR 214.204", digest=imprint(tiny_index, here)[0]))
    (same,), (other,) = (editor_notes(tiny_index).on(one.own_span) for one in (here, there))
    assert not same.changed and remarks(same) == []
    assert other.changed and remarks(other)[-1].startswith("The text here is not the one that it was written on")


PARALLEL = "INA 214(o)", "8 U.S.C. 1184(o)"


def test_a_note_on_a_parallel_citation_says_on_which_it_was_written(tiny_index, folder):
    ina, usc = PARALLEL
    add_note(folder, replace(NOTE, section=ina))
    (found,) = editor_notes(tiny_index).on(section(tiny_index, "statute", usc).span)
    assert remarks(found)[0] == f"Written on {ina}, which is the same provision."


def test_a_digest_leaves_designators_and_line_breaks_out(tiny_index, monkeypatch):
    here = section(tiny_index, "rule-now", "8 CFR 214.202(c)(1)")
    before = imprint(tiny_index, here)
    text = tiny_index.store.text(here.span)
    monkeypatch.setattr(tiny_index.store, "text", lambda _: text.replace("(1)", "(7)").replace(" an ", "\nan "))
    assert imprint(tiny_index, here) == before
    monkeypatch.setattr(tiny_index.store, "text", lambda _: text.replace("not", ""))
    assert imprint(tiny_index, here) != before


def test_a_note_shows_and_goes_without_an_ingest(tiny_index, folder):
    assert editor_notes(tiny_index).every == ()
    add_note(folder, NOTE)
    assert [one.note for one in editor_notes(tiny_index).every] == [NOTE]
    assert editor_notes(tiny_index) is editor_notes(tiny_index)
    (folder / FILE_NAME).unlink()
    assert editor_notes(tiny_index).every == ()


def test_notes_of_nowhere_and_problems_are_told(tiny_index, folder):
    add_note(folder, replace(NOTE, section="8 CFR 999.1"))
    with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write("[[note]]\nby = me\n")
    notes = editor_notes(tiny_index)
    assert [note.section for note in notes.nowhere] == ["8 CFR 999.1"] and len(notes.problems) == 1


def test_two_notes_of_one_id_are_both_shown(tiny_index, folder):
    add_note(folder, NOTE)
    text = (folder / FILE_NAME).read_text(encoding="utf-8")
    (folder / FILE_NAME).write_text(text + text.replace("counsel", "nobody"), encoding="utf-8")
    assert len(editor_notes(tiny_index).on(section(tiny_index, "rule-now", "8 CFR 214.202").span)) == 2


def test_the_folder_is_the_one_that_the_index_was_made_from(tiny_index, pristine_corpus):
    assert corpus_of(tiny_index) == pristine_corpus
    assert editor_notes(tiny_index).every == ()
