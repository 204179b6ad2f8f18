"""The file of notes: what is read, what is refused and why, and that an edit changes one note and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor_notes.editing import add_note, change_note, new_id, remove_note, state_of
from editor_notes.reading import FILE_NAME, LARGEST, parse_notes, read_notes
from editor_notes.records import LONGEST_TEXT, Note
from ingest.corpus.manifest import Manifest
from ingest.corpus.survey import survey
from pinpoint.errors import EditorNoteError

NOTE = Note(id="a", section="8 CFR 214.202", text="Ask counsel first.", by="Jane Doe", written=date(2026, 3, 2))
OTHER = replace(NOTE, id="b", section="8 CFR 214.204", text="See the memo.", by="John Roe")
ONE = '[[note]]\nid = "a"\nsection = "8 CFR 214.202"\ntext = "Ask counsel first."\nby = "Jane Doe"\ndate = 2026-03-02\n'
TWO = ONE.replace('"a"', '"b"').replace("214.202", "214.204")


def written(folder, text):
    (folder / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


READ = [
    (ONE, ["a"], "", "a note"),
    ("", [], "", "an empty file"),
    ("# only a remark\n", [], "", "a file with a remark alone"),
    (ONE.replace("\n", "\r\n"), ["a"], "", "line ends of Windows"),
    ("\ufeff" + ONE, ["a"], "", "the mark that Notepad puts first"),
    (ONE + ONE.replace('"a"', '"b"'), ["a", "b"], "", "two notes"),
    ('note = [{id = "a", section = "8 CFR 1.1", text = "x", by = "y", date = 2026-03-02}]', ["a"], "", "in one line"),
    (ONE.replace('"Ask counsel first."', '"""\nAsk.\n[[note]]\nNot a head."""'), ["a"], "", "a head within a text"),
    (ONE + 'colour = "red"\n' + TWO, ["a", "b"], "unknown key 'colour'", "an unknown key hides nothing"),
    ('colour = "red"\n' + ONE, ["a"], "unknown table or key 'colour'", "a key that is in no note"),
    (ONE + "[settings]\nx = 1\n" + TWO, ["a", "b"], "unknown table or key 'settings'", "another table"),
    (ONE.replace('"Jane Doe"', "Jane Doe") + TWO, ["b"], "line 1: this note is no valid TOML", "no quotation marks"),
    (ONE + 'text = """never closed\n' + TWO, ["b"], "line 1: this note is no valid TOML", "a text that does not end"),
    (ONE + TWO.replace("214.204", "\udcff"), ["a"], "line 7: this note is no valid TOML and is not shown. It holds "
     "bytes that are not UTF-8", "bytes that are not UTF-8"),
    (ONE.replace("date = 2026-03-02", 'date = "March 2"') + TWO, ["b"], "date = 'March 2' must be a day", "no day"),
    (ONE.replace("2026-03-02", "2026-03-02T10:00:00") + TWO, ["b"], "must be a day without quotes", "a time of day"),
    (ONE.replace('by = "Jane Doe"\n', "") + TWO, ["b"], "by is missing", "nobody signs it"),
    (ONE.replace('"Jane Doe"', '" "') + TWO, ["b"], "by = ' ' is empty", "a blank signature"),
    (ONE.replace('"Jane Doe"', '"\\u0007"') + TWO, ["b"], "is empty", "nothing that prints"),
    (ONE.replace('"Jane Doe"', "7") + TWO, ["b"], "by = 7 must be a text in quotes", "a number for a name"),
    (ONE.replace("Jane", "J" * 300) + TWO, ["b"], "by has 304 characters; 200 are the most", "an endless name"),
    (ONE + ONE, ["a", "a"], "id = 'a' is given twice", "two notes of one id, both shown"),
    ("note = 7\n", [], "7 is no note", "a number for notes"),
    ("x = " + "[" * 5000, [], "no valid TOML", "brackets without end"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ids", "problem", "reason"), READ, ids=[row[3] for row in READ])
def test_a_bad_note_is_named_and_hides_no_other(tmp_path, text, ids, problem, reason):
    read = read_notes(written(tmp_path, text))
    assert [note.id for note in read.notes] == ids, reason
    assert (problem in " ".join(read.problems)) if problem else not read.problems, read.problems
    assert all(str(tmp_path / FILE_NAME) in sentence for sentence in read.problems)


def test_no_file_is_no_note_and_no_problem(tmp_path):
    assert read_notes(tmp_path).notes == read_notes(tmp_path).problems == ()


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path, monkeypatch):
    written(tmp_path, ONE)

    def refused(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refused)
    (problem,) = read_notes(tmp_path).problems
    assert "cannot be read (Permission denied). Correct its rights." in problem


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    (problem,) = read_notes(written(tmp_path, "#" * (LARGEST + 1))).problems
    assert "5,000,000 bytes" in problem


def test_a_long_text_is_shown_in_part_and_said_to_be(tmp_path):
    read = read_notes(written(tmp_path, ONE.replace("Ask counsel first.", "x" * 6000)))
    assert len(read.notes[0].text) == LONGEST_TEXT + 1 and read.notes[0].text.endswith("\u2026")
    assert "6,000 characters; the first 5,000 are shown" in read.problems[0]


def test_what_does_not_print_is_not_shown(tmp_path):
    (note,) = read_notes(written(tmp_path, ONE.replace("Ask", "A\\u001b[31msk\\u2028"))).notes
    assert note.text == "A[31msk counsel first."


def test_the_file_is_none_of_the_documents(tmp_path):
    entries, records = survey(written(tmp_path, ONE), Manifest())
    assert not entries and records[FILE_NAME].status == "skipped"


def test_a_note_is_added_to_a_folder_without_a_file(tmp_path):
    add_note(tmp_path, NOTE)
    assert read_notes(tmp_path).notes == (NOTE,)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8").startswith("# Notes of the editor")


def test_a_note_whose_id_is_taken_is_not_added(tmp_path):
    add_note(tmp_path, NOTE)
    with pytest.raises(EditorNoteError, match="a note 'a' already"):
        add_note(tmp_path, NOTE)


REMARKED = f"# First.\n\n{ONE}# What follows was asked by counsel.\n\n{TWO}  # see the binder\n\n# The end.\n"


def test_an_edit_leaves_every_other_line_as_it_is(tmp_path):
    written(tmp_path, REMARKED)
    change_note(tmp_path, replace(NOTE, text="Ask twice.\nThen wait."), state_of(tmp_path, "a"))
    after = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert after == REMARKED.replace('"Ask counsel first."', '"""\nAsk twice.\nThen wait."""', 1)


def test_a_removal_leaves_the_remarks_around_a_note(tmp_path):
    written(tmp_path, REMARKED)
    remove_note(tmp_path, "a", state_of(tmp_path, "a"))
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == REMARKED.replace(ONE, "")


def test_remarks_within_a_note_stay(tmp_path):
    written(tmp_path, ONE.replace("text =", "# Asked by counsel.\ntext =").replace("Ask", "# Ask"))
    change_note(tmp_path, replace(NOTE, text="Wait.\n# no remark"), state_of(tmp_path, "a"))
    after = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "# Asked by counsel.\n" in after and read_notes(tmp_path).notes[0].text == "Wait.\n# no remark"


def test_the_change_of_somebody_else_is_noticed(tmp_path):
    add_note(tmp_path, NOTE)
    opened = state_of(tmp_path, "a")
    change_note(tmp_path, replace(NOTE, text="Theirs."), opened)
    for edit in (
        lambda: change_note(tmp_path, replace(NOTE, text="Mine."), opened),
        lambda: remove_note(tmp_path, "a", opened),
    ):
        with pytest.raises(EditorNoteError, match="Somebody else changed this note"):
            edit()
    assert read_notes(tmp_path).notes[0].text == "Theirs."
    remove_note(tmp_path, "a", state_of(tmp_path, "a"))
    with pytest.raises(EditorNoteError, match="Somebody else removed this note"):
        change_note(tmp_path, NOTE, opened)


def test_two_may_edit_two_notes_at_once(tmp_path):
    add_note(tmp_path, NOTE)
    add_note(tmp_path, OTHER)
    first, second = state_of(tmp_path, "a"), state_of(tmp_path, "b")
    change_note(tmp_path, replace(NOTE, text="Mine."), first)
    change_note(tmp_path, replace(OTHER, text="Theirs."), second)
    assert [note.text for note in read_notes(tmp_path).notes] == ["Mine.", "Theirs."]


REFUSED = [
    (ONE + 'colour = "red"\n', "keys that are not known ('colour')", "a change would lose a key"),
    (ONE + ONE, "stands in the file in a form that cannot be changed", "which of two is changed is not known"),
    (
        'note = [{id = "a", section = "s", text = "x", by = "y", date = 2026-03-02}, {id = "b"}]',
        "in a form",
        "in one line",
    ),
]


@pytest.mark.parametrize(("text", "said", "reason"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_a_change_would_lose_is_not_changed(tmp_path, text, said, reason):
    written(tmp_path, text)
    with pytest.raises(EditorNoteError) as refused:
        change_note(tmp_path, NOTE, state_of(tmp_path, "a"))
    assert said in str(refused.value), reason
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == text


def test_a_note_is_added_beside_a_damaged_one_which_stays(tmp_path):
    damaged = ONE.replace('"Jane Doe"', "Jane Doe")
    add_note(written(tmp_path, damaged), OTHER)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8").startswith(damaged)
    assert read_notes(tmp_path).notes == (OTHER,)


def test_a_text_without_an_end_swallows_no_new_note(tmp_path):
    text = ONE.replace('"Jane Doe"', '"""Jane Doe')
    add_note(written(tmp_path, text), OTHER)
    assert read_notes(tmp_path).notes == (OTHER,) and (tmp_path / FILE_NAME).read_text().startswith(text)


WRONG = [
    (replace(NOTE, text=" \n"), "The note is empty", "no text"),
    (replace(NOTE, text="x" * 5001), "5,001 characters; 5,000 are the most", "too long a text"),
    (replace(NOTE, by=""), "The name below it is empty", "no name"),
]


@pytest.mark.parametrize(("note", "said", "reason"), WRONG, ids=[row[2] for row in WRONG])
def test_a_note_that_could_not_be_read_is_not_written(tmp_path, note, said, reason):
    with pytest.raises(EditorNoteError, match=said):
        add_note(tmp_path, note)
    assert not (tmp_path / FILE_NAME).exists(), reason


def test_a_disk_that_is_full_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    add_note(tmp_path, NOTE)
    before = sorted(tmp_path.iterdir()), (tmp_path / FILE_NAME).read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pinpoint.files.replace_file", full)
    with pytest.raises(EditorNoteError, match="No space left on device"):
        add_note(tmp_path, OTHER)
    assert (sorted(tmp_path.iterdir()), (tmp_path / FILE_NAME).read_bytes()) == before


ANY = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "Cc", "Cf")), max_size=80)
HARD = st.sampled_from(
    ['"""', "'''", "\\", "[[note]]", "# no remark", '"', "$x$", "<b>", "\u202e", "\u2028", "\x85", "\x7f"]
)
TEXTS = st.lists(ANY | HARD, max_size=5).map("\n".join).filter(lambda text: parse_name(text) != "")


def parse_name(text):
    """What is read of a text: a line of its characters that print."""
    note = parse_notes(ONE, None).notes[0]
    from editor_notes.reading import _cleaned  # noqa: PLC0415 - the very function

    return _cleaned(text, "text") and replace(note, text=_cleaned(text, "text")).text


@given(st.lists(st.tuples(TEXTS, TEXTS.map(lambda text: text[:150])), min_size=1, max_size=4), st.data())
def test_what_is_written_is_read_and_no_other_note_changes(tmp_path_factory, said, data):
    folder = tmp_path_factory.mktemp("notes")
    notes = [
        replace(NOTE, id=new_id(NOTE.written), text=text, by=name)
        for text, name in said
        if " ".join(parse_name(name).split())
    ]
    for note in notes:
        add_note(folder, note)
    read = read_notes(folder)
    assert not read.problems
    lines = [[line.rstrip() for line in note.text.split("\n")] for note in read.notes]
    assert lines == [[line.rstrip() for line in parse_name(note.text).split("\n")] for note in notes]
    if notes:
        chosen = data.draw(st.integers(0, len(notes) - 1))
        remove_note(folder, notes[chosen].id, state_of(folder, notes[chosen].id))
        assert read_notes(folder).notes == read.notes[:chosen] + read.notes[chosen + 1 :]
