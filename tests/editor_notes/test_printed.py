"""Notes in what is printed and exported: apart from every quotation, on the command line, in JSON and in files."""

import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date

import docx
import pytest
from click.testing import CliRunner

import pinpoint as python
from answer.__main__ import main as python_answer
from answer.assistant import Assistant
from collection.changes import compare_excerpt
from collection.excerpts import make_excerpt
from collection.export.answer import answer_handout
from collection.export.formats import FORMATS
from collection.export.handout import lay_out
from collection.records import Collection
from editor_notes.editing import add_note
from editor_notes.reading import FILE_NAME
from editor_notes.records import Note
from editor_notes.shown import editor_notes
from index.__main__ import main as python_index
from pinpoint.__main__ import main as pinpoint
from pinpoint.records import Filters, Span

DAY = date(2026, 11, 22)
NOTE = Note(id="a", section="8 CFR 214.202", text="Ask counsel <b>first</b>.", by="Jane Doe", written=date(2026, 3, 2))
WHAT = "Note of the editor, Jane Doe, March 2, 2026"
DAYS = ("--as-of", "2025-01-01")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty corpus folder, of which the commands take the notes."""
    notes = tmp_path / "notes"
    notes.mkdir()
    monkeypatch.setenv("CORPUS_DIR", str(notes))
    return notes


@pytest.fixture
def run(monkeypatch, make_embedder, tiny_index_dir, tmp_path):
    """``run(command, *arguments)``: what a command writes about a copy of the small index."""
    shutil.copytree(tiny_index_dir, tmp_path / "index")
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)

    def runs(command, *arguments):
        result = CliRunner().invoke(command, [*arguments, "--index", str(tmp_path / "index")])
        assert result.exit_code == 0, result.output
        return result

    return runs


def test_json_has_notes_in_a_field_of_their_own(run, folder):
    add_note(folder, NOTE)
    asked = json.loads(run(pinpoint, "ask", "8 CFR 214.202(c)(1)", "--json", *DAYS).stdout)
    (note,) = asked["citations"][0]["editor_notes"]
    assert (note["by"], note["date"], note["section"], note["text"]) == (
        "Jane Doe",
        "2026-03-02",
        NOTE.section,
        NOTE.text,
    )
    assert all("counsel" not in quoted for one in asked["citations"] for quoted in (one["quote"], one["note"]))
    searched = json.loads(run(pinpoint, "search", "8 CFR 214.202(c)(1)", "--json", *DAYS).stdout)
    assert searched["hits"][0]["editor_notes"] == [note] and "counsel" not in searched["hits"][0]["text"]
    others = [hit["editor_notes"] for hit in searched["hits"] if "214.202" not in hit["section"]]
    assert all(found == [] for found in others)


def test_the_index_alone_reads_no_notes_and_does_not_say_that_there_are_none(run, folder):
    add_note(folder, NOTE)
    searched = json.loads(run(python_index, "8 CFR 214.202(c)(1)", "--json", *DAYS).stdout)
    assert searched["hits"][0]["editor_notes"] is None


@pytest.mark.parametrize(
    "command", [(pinpoint, "ask"), (pinpoint, "search"), (python_answer,)], ids=["ask", "search", "answer"]
)
def test_text_names_each_note_once_behind_what_it_stands_beside(run, folder, command):
    add_note(folder, replace(NOTE, text="First.\nThen."))
    printed = run(*command, "8 CFR 214.202", *DAYS).stdout
    assert printed.count(WHAT) == 1
    assert re.search(
        rf"\[1\](?:\[\d+\])* {WHAT} on 8 CFR 214\.202 \u2013 not part of the text: First\.\n    Then\.", printed
    )
    assert printed.index(WHAT) > printed.index("if they demonstrate")


def test_the_python_interface_has_notes_beside_a_span(tiny_index_dir, folder, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    add_note(folder, NOTE)
    with python.open(tiny_index_dir, reranker="none") as index:
        span = index.ask("8 CFR 214.202(c)(1)").citations[0].span
        assert [one.note for one in index.editor_notes(span)] == [NOTE]
        assert index.editor_notes(str(span)) == index.editor_notes(span)


def test_a_batch_has_notes_too(run, folder, tmp_path):
    add_note(folder, NOTE)
    lines = tmp_path / "questions.jsonl"
    lines.write_text('{"question": "8 CFR 214.202(c)(1)", "as_of": "2025-01-01"}\n', encoding="utf-8")
    asked = json.loads(run(pinpoint, "ask", "--questions", str(lines)).stdout)
    assert asked["citations"][0]["editor_notes"][0]["id"] == "a"


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_fault_in_the_file_is_warned_of_once(run, folder, command):
    (folder / FILE_NAME).write_text("[[note]]\nby = me\n", encoding="utf-8")
    assert run(pinpoint, command, "8 CFR 214.202", *DAYS).stderr.count("line 1: this note is no valid TOML") == 1


@pytest.fixture
def asked(tiny_index):
    """An answer from the small index."""
    return Assistant(tiny_index).ask("8 CFR 214.202", filters=Filters(DAY))


@pytest.fixture
def handouts(tiny_index, asked, folder):
    """A collection and an answer as handouts, each with two quotations of one section."""
    add_note(folder, NOTE)
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    starts = [text.index(words) for words in ("(a) Victim.", "(b) Physical presence.")]
    cut = [make_excerpt(tiny_index, Span("rule-now", start, text.index("\n", start)), DAY) for start in starts]
    changes = {one.key: compare_excerpt(tiny_index, one, DAY) for one in cut}
    collected = lay_out(Collection("T", tuple(cut)), changes, DAY, ("g", "d"), editor_notes(tiny_index))
    return collected, answer_handout(tiny_index, asked, DAY)


def test_a_note_stands_beside_the_first_quotation_and_is_named_beside_the_next(handouts):
    for handout in handouts:
        noted = [entry.editor_notes for entry in handout.entries if entry.editor_notes]
        ((what, text),) = noted[0]
        assert what == f"{WHAT}, on 8 CFR 214.202 \u2013 not part of the text"
        assert text == f"{NOTE.text}\nOn which wording it was written is not recorded."
        assert all(text == "see quotation 1." for found in noted[1:] for _, text in found)
        assert all("counsel" not in entry.quotation + entry.citation for entry in handout.entries)
        assert handout.about[-1].startswith("What is marked \u201cNote of the editor\u201d")
    assert handouts[0].entries[1].editor_notes


@pytest.mark.parametrize("kind", FORMATS, ids=[one.suffix for one in FORMATS])
def test_every_format_has_the_note_apart(handouts, kind):
    for handout in handouts:
        written = kind.write(handout)
        if kind.suffix == "docx":
            found = [one for one in docx.Document(io.BytesIO(written)).paragraphs if WHAT in one.text]
            assert found and all(one.style.name == "Editor's note" for one in found)
            assert "Ask counsel <b>first</b>." in found[0].text
        elif kind.suffix == "html":
            page = written.decode()
            assert (
                f'<div class="editor" role="note"><strong>{WHAT}' in page
                and "Ask counsel &lt;b&gt;first&lt;/b&gt;." in page
            )
            assert "counsel" not in " ".join(re.findall(r"<blockquote.*?</blockquote>", page, re.DOTALL))
        else:
            lines = [line for line in written.decode().splitlines() if "counsel" in line]
            assert lines and all(line.startswith(f"**{WHAT}") and "\\<b\\>" in line for line in lines)


def test_a_handout_without_notes_says_nothing_of_them(tiny_index, asked, folder):
    handout = answer_handout(tiny_index, asked, DAY)
    assert not any("editor" in line for line in handout.about)
