"""Hostile files: none stops the intake, each has one record with a reason in plain words, what is read is sound.

``python -m tests.hostile.fuzz`` runs thousands of them; here is a share, and some made by hand, each for a reason.
"""

import io
import os
import random
import socket
import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from ingest.__main__ import main
from ingest.corpus.files import files_below, refusal, shown_name
from ingest.corpus.manifest import load_manifest
from ingest.corpus.uploads import Upload, add_upload
from ingest.report import STATUSES, IntakeRecord
from ingest.sources.fetch import fetch_sources
from ingest.workers import Limits
from pinpoint.errors import ManifestError
from tests.hostile.fuzz import fuzz, record_faults, table
from tests.hostile.mutants import BY_KIND, HEAVY_NAMES, KINDS, as_ecfr, make_mutants
from tests.hostile.mutants_docx import DOCX, packed, parts_of

LAW = (
    "# Law\n\n## Section 1\n\nThe applicant must file the form.[^1]\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
    "[^1]: See it.\n"
)
SHARE = 60
LIMITS = Limits(seconds=150, megabytes=4096, processes=2)


def sound_pdf() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for number in range(2):
        for line in range(6):
            canvas.drawString(72, 700 - 14 * line, f"The applicant must file form {number}-{line} with the agency.")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def sound_docx() -> bytes:
    document = docx.Document()
    document.add_heading("Law", level=1)
    document.add_paragraph("The applicant must file the form.")
    document.add_table(rows=2, cols=2).rows[0].cells[0].text = "A"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def seeds() -> dict[str, list[bytes]]:
    page = f"<html><body><h1>Law</h1><p>The applicant must file.</p><ol><li>{LAW}</li></ol></body></html>"
    return {
        ".pdf": [sound_pdf()],
        ".docx": [sound_docx()],
        ".html": [page.encode()],
        ".md": [LAW.encode()],
        ".xml": [as_ecfr(LAW.encode())],
        ".txt": [LAW.encode()],
    }


def test_a_share_of_the_mutants_is_taken_in_without_a_fault(seeds, tmp_path):
    light = (mutant for mutant in make_mutants(seeds, 400, seed=11) if mutant.mutation not in HEAVY_NAMES)
    mutants = [mutant for mutant, _ in zip(light, range(SHARE), strict=False)]
    found = fuzz(mutants, tmp_path, LIMITS)
    assert found.faults == []
    assert found.files == SHARE
    assert found.slowest[0] < LIMITS.seconds and 0 < found.worker_megabytes < LIMITS.megabytes
    assert {status for counter in found.counts.values() for status in counter} <= set(STATUSES)
    assert f"made {SHARE} files" in table(found, "a machine", "x", LIMITS.seconds)


def test_the_same_seed_makes_the_same_files(seeds):
    one, other = (list(make_mutants(seeds, 30, seed=5)) for _ in range(2))
    assert [mutant.name for mutant in one] == [mutant.name for mutant in other]
    alike = [
        a.content == b.content
        for a, b in zip(one, other, strict=True)
        if "password" not in a.mutation and "encrypted" not in a.mutation
    ]  # whose keys are made by chance
    assert all(alike) and len(alike) > 20
    assert [one.content for one in make_mutants(seeds, 30, 5)] != [one.content for one in make_mutants(seeds, 30, 6)]


def test_every_kind_has_every_mutation_in_a_long_enough_run(seeds):
    small = {kind: [b"<p>x</p>" * 9] for kind in (".html", ".txt")} | {kind: [] for kind in KINDS[:2]}
    made = {mutant.mutation for mutant in make_mutants({**small, ".xml": [], ".md": []}, 60, 1)}
    assert made >= (set(BY_KIND[".html"]) | set(BY_KIND[".txt"]))


FAULTY = [  # (record, what is found, reason)
    (IntakeRecord("a", "read"), "", "nothing wrong"),
    (IntakeRecord("a", "failed", reason="a could not be read (ValueError)."), "internal name", "a name of the program"),
    (IntakeRecord("a", "damaged", reason="/tmp/x/a is no PDF."), "internal name", "a path of the machine"),
    (IntakeRecord("a", "failed", reason="Took longer than 150 s."), "from outside", "a hang"),
    (IntakeRecord("a", "empty", reason="nothing"), "plain sentence", "no sentence"),
    (IntakeRecord("a", "empty", reason="A\x1b[31m."), "plain sentence", "what a terminal obeys"),
    (IntakeRecord("a", "read", seconds=199), "limit", "too late"),
    (IntakeRecord("a", "failed"), "do not go together", "no reason"),
]


@pytest.mark.parametrize(("record", "says", "reason"), FAULTY, ids=[row[2] for row in FAULTY])
def test_a_fault_is_found(record, says, reason):
    assert says in " ".join(record_faults(record, LIMITS)), reason
    assert bool(list(record_faults(record, LIMITS))) == bool(says)


def changed(kind: dict, name: str, content: bytes, seed: int) -> bytes:
    return kind[name](random.Random(seed), content)


def docx_with(content: bytes, old: bytes, new: bytes) -> bytes:
    parts = parts_of(content)
    body = parts["word/document.xml"]
    assert old in body
    return packed({**parts, "word/document.xml": body.replace(old, new, 1)})


def forms(count: int, times: int, alone: int = 0) -> bytes:
    """A PDF file whose forms paint each other ``times`` over, the first ones once."""
    from pypdf.generic import ArrayObject, DictionaryObject, NumberObject  # noqa: PLC0415

    from tests.hostile.mutants_pdf import name, stream  # noqa: PLC0415

    writer = PdfWriter(clone_from=io.BytesIO(sound_pdf()))
    painted = DictionaryObject()
    for number in range(count):
        form = stream(
            b"/X%d Do " % ((number + 1) % count) * (1 if number < alone else times),
            Subtype=name("Form"),
            BBox=ArrayObject([NumberObject(side) for side in (0, 0, 600, 700)]),
        )
        painted[name(f"X{number}")] = writer._add_object(form)
    writer.pages[0][name("Resources")] = DictionaryObject({name("XObject"): painted})
    writer.pages[0][name("Contents")] = writer._add_object(stream(b"/X0 Do"))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in ("ab", "bc", "cd", "de", "ef", "fg", "gh"))
    + ']><DIV8 TYPE="SECTION"><P>&h;</P></DIV8>'
)
DEEP = "<div>" * 400
HAND_MADE = [  # (file name, content, status, what reason or warning says, why it is here)
    ("deep.html", f"<p>Law</p>{DEEP}deep", "read", "Only its beginning was read", "nested deeper than the parser goes"),
    ("piece.html", "<p>Law</p>" + "x" * 11_000_000, "read", "longer than 10 MB", "one piece without end"),
    ("deep.md", "# Law\n\n" + "> " * 500 + "x\n\nEnd\n", "read", "nested more than", "quotes in quotes"),
    ("list.html", '<ol start="x"><li value="9e9">a</li></ol>', "read", "", "numbers that are none, as in a browser"),
    ("huge.html", f'<ol start="{"9" * 5000}"><li>a</li></ol>', "read", "", "a number longer than Python reads"),
    ("laughs.xml", LAUGHS, "damaged", "entities that unfold", "a thousand million words"),
    ("deep.xml", "<DIV8 TYPE='SECTION'>" + "<P>" * 400, "damaged", "nested more than", "elements without end"),
    ("cut.xml", "<DIV8 TYPE='SECTION'><P>\x00", "damaged", "not well-formed", "a NUL"),
    (
        "flag.docx",
        lambda: changed(DOCX, "flagged encrypted", sound_docx(), 1),
        "encrypted",
        "with a password",
        "parts that are locked one by one",
    ),
    (
        "method.docx",
        lambda: changed(DOCX, "unknown compression", sound_docx(), 1),
        "damaged",
        "save it again as .docx",
        "a compression that nobody knows",
    ),
    (
        "columns.docx",
        lambda: docx_with(sound_docx(), b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999999"/>'),
        "damaged",
        "not a readable Word",
        "a cell over a thousand million columns",
    ),
    ("forms.pdf", lambda: forms(9, 12), "read", "forms within forms", "pictures of pictures, 12 to the 9th"),
    ("late.pdf", lambda: forms(30, 12, alone=8), "read", "nested more than 8 deep", "forms that unfold further down"),
    ("self.pdf", lambda: forms(1, 1), "read", "nested more than 8 deep", "a form that paints itself"),
    ("heading.md", "# " + "word " * 50_000 + "\n", "read", "", "a heading of 250,000 characters, indexed once"),
]


@pytest.fixture(scope="module")
def hand_made(run_ingest, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hand-made")
    (folder / "corpus").mkdir()
    for name, content, *_ in HAND_MADE:
        made = content() if callable(content) else content.encode()
        (folder / "corpus" / name).write_bytes(made)
    result = run_ingest(folder / "corpus", folder / "index", limits=LIMITS)
    return {record.file: record for record in result.records}


@pytest.mark.parametrize(("name", "_content", "status", "says", "reason"), HAND_MADE, ids=[row[0] for row in HAND_MADE])
def test_a_hostile_file_has_its_status_and_reason(hand_made, name, _content, status, says, reason):
    record = hand_made[name]
    assert record.status == status, f"{reason}: {record.reason}"
    assert says in " ".join((record.reason, *record.warnings)), reason
    assert list(record_faults(record, LIMITS)) == []


def fill(corpus: Path, outside: Path) -> None:
    """A corpus with everything in it that is no file, leads out, or has a name that does something."""
    (corpus / "sound.md").write_text("# Law\n\nThe applicant must file.\n", encoding="utf-8")
    (outside / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (corpus / "out.md").symlink_to(outside / "secret.md")
    (corpus / "folder").symlink_to(outside)
    (corpus / "nowhere.md").symlink_to(corpus / "gone.md")
    (corpus / "loop.md").symlink_to(corpus / "loop.md")
    (corpus / "null.md").symlink_to("/dev/null")
    (corpus / "inside.md").symlink_to(corpus / "sound.md")
    os.mkfifo(corpus / "pipe.md")
    (corpus / "named.md").mkdir()
    for name in ("turn\u202efdp.md", "bell\x07\x1b[31m.md", os.fsdecode(b"half\xff.md"), "line\nbreak.md"):
        (corpus / name).write_text("# Name\n", encoding="utf-8")
    (corpus / "CON.md").write_text("# Device\n", encoding="utf-8")
    (corpus / "[red] [bold].md").write_text("# Brackets\n", encoding="utf-8")


PATHS = [  # (file as it is shown, status, what the reason says, why)
    ("sound.md", "read", "", "a document"),
    ("out.md", "skipped", "leads out of the corpus folder", "a link out"),
    ("folder", "skipped", "leads out of the corpus folder", "a linked folder out"),
    ("nowhere.md", "skipped", "leads nowhere", "a link to nothing"),
    ("loop.md", "skipped", "leads to itself", "a link to itself"),
    ("null.md", "skipped", "leads out", "a device behind a link"),
    ("inside.md", "read", "", "a link inside is a file like others"),
    ("pipe.md", "failed", "A pipe, not a file", "to open it would wait without end"),
    ("turn\\u202efdp.md", "failed", "turn text round", "a name that hides its suffix"),
    ("bell\\x07\\x1b[31m.md", "failed", "do not print", "what a terminal would obey"),
    ("half\\udcff.md", "failed", "do not print", "bytes that are no text"),
    ("line\\nbreak.md", "failed", "do not print", "a line of its own in the report"),
    ("CON.md", "read", "", "a device elsewhere, a file here"),
    ("[red] [bold].md", "read", "", "brackets are no mark-up of the terminal"),
    ("listed/pipe", "failed", "not there", "listed below a file that is none"),
    ("x" * 300 + ".md", "failed", "cannot be opened", "a name longer than file systems take"),
    ("named.md", "failed", "A folder", "a folder under the name of a file"),
]


@pytest.fixture(scope="module")
def paths(run_ingest, tmp_path_factory):
    if sys.platform == "win32":
        pytest.skip("pipes and such names are made on POSIX systems only")
    folder = tmp_path_factory.mktemp("paths")
    (folder / "corpus").mkdir()
    (folder / "outside").mkdir()
    fill(folder / "corpus", folder / "outside")
    listed = ("listed/pipe", "x" * 300 + ".md", "named.md", "pipe.md")
    (folder / "corpus" / "manifest.toml").write_text(
        "".join(
            f'[[document]]\nid = "d{number}"\nfile = "{file}"\ntitle = "T"\n' for number, file in enumerate(listed)
        ),
        encoding="utf-8",
    )
    return run_ingest(folder / "corpus", folder / "index", limits=LIMITS), folder


@pytest.mark.parametrize(("file", "status", "says", "reason"), PATHS, ids=[row[3] for row in PATHS])
def test_nothing_leads_out_of_the_corpus(paths, file, status, says, reason):
    records = [record for record in paths[0].records if record.file == file]
    assert len(records) == 1, f"{reason}: {len(records)} records"
    assert records[0].status in (status, "duplicate") if status == "read" else records[0].status == status, (
        f"{reason}: {records[0].reason}"
    )
    assert records[0].status == "duplicate" or says in records[0].reason


def test_the_report_prints_names_and_obeys_none(paths):
    shown = CliRunner().invoke(main, ["report", "--index", str(paths[1] / "index")])
    assert shown.exit_code == 0, shown.output
    assert not set(shown.output) & {"\x1b", "\x07", "\u202e", "\udcff"}
    assert "[red] [bold].md" in shown.output and "Secret" not in shown.output


def test_a_message_with_brackets_is_printed_as_it_is(tmp_path):
    (tmp_path / "manifest.toml").write_text('[[document]]\nid = "[/x]"\nfile = "a.md"\n', encoding="utf-8")
    stopped = CliRunner().invoke(main, [str(tmp_path), "--index", str(tmp_path / "index")])
    assert stopped.exit_code == 2 and "[/x]" in stopped.stderr


def test_a_socket_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.md")
        assert refusal(tmp_path.resolve(), tmp_path.resolve() / "s.md") == "A socket, not a file. Remove it."


@given(name=st.text(min_size=1, max_size=40).filter(lambda name: "/" not in name and "\x00" not in name))
def test_a_shown_name_can_be_stored_and_printed(name):
    root = Path("/corpus")
    shown = shown_name(root, root / name)
    shown.encode("utf-8")
    assert not any(character < " " or character in "\x7f\u202e" for character in shown)


def test_files_below_leaves_out_hidden_folders(tmp_path):
    for name in ("a.md", ".git/b.md", "_old/c.md", "in/d.md", "in/.e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert sorted(str(path.relative_to(tmp_path)) for path in files_below(tmp_path)) == ["a.md", "in/d.md"]


MANIFESTS = [  # (key, value as TOML, what the message says, reason)
    ("title", '"a\\u001b[31m"', "control character", "what a terminal obeys"),
    ("publisher", '"a\\u0000"', "control character", "a NUL"),
    ("url", '"https://x\\u009b"', "control character", "another way to say escape"),
    ("id", '"a\\u202e"', "writing direction", "an id that reads backwards"),
    ("file", '"a\\u202efdp.md"', "writing direction", "a name that hides its suffix"),
    ("file", '"a\\u0000.md"', "control character", "a NUL ends a name"),
    ("file", '"."', "inside the corpus folder", "the folder itself"),
    ("file", '"a/../../b.md"', "inside the corpus folder", "up and out"),
]


@pytest.mark.parametrize(("key", "value", "says", "reason"), MANIFESTS, ids=[row[3] for row in MANIFESTS])
def test_a_manifest_names_nothing_that_does_something(tmp_path, key, value, says, reason):
    fields = {"id": '"a"', "file": '"a.md"', "title": '"A"', key: value}
    lines = "\n".join(f"{name} = {text}" for name, text in fields.items())
    (tmp_path / "manifest.toml").write_text(f"[[document]]\n{lines}\n", encoding="utf-8")
    with pytest.raises(ManifestError, match=says) as raised:
        load_manifest(tmp_path)
    assert str(raised.value).isprintable(), reason


@pytest.mark.parametrize("name", ["CON.md", "nul.txt", "Com1.pdf", "LPT9.html", "aux.x.md", "con .md"])
def test_names_of_devices_are_not_added(tmp_path, name):
    assert "device" in add_upload(tmp_path, Upload(name, b"text"), overwrite=True)
    assert list(tmp_path.glob("*[!k]")) == []


def test_an_upload_replaces_a_link_and_not_what_it_leads_to(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "outside.md").write_bytes(b"outside")
    (tmp_path / "corpus" / "a.md").symlink_to(tmp_path / "outside.md")
    assert add_upload(tmp_path / "corpus", Upload("a.md", b"new"), overwrite=True) == ""
    assert (tmp_path / "outside.md").read_bytes() == b"outside"
    assert (tmp_path / "corpus" / "a.md").read_bytes() == b"new" and not (tmp_path / "corpus" / "a.md").is_symlink()


SOURCE = '[[source]]\nid = "s"\nfile = "official/{file}"\ntitle = "S"\nurl = "https://www.uscis.gov/s"\n'


def test_fetch_writes_into_no_folder_that_leads_out(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "corpus" / "manifest.toml").write_text(SOURCE.format(file="s.html"), encoding="utf-8")
    (tmp_path / "corpus" / "official").symlink_to(tmp_path / "outside")
    with pytest.raises(ManifestError, match="leads out"):
        list(fetch_sources(tmp_path / "corpus", progress=lambda *_: None))
    (tmp_path / "corpus" / "official").unlink()
    (tmp_path / "corpus" / "official").mkdir()
    (tmp_path / "corpus" / "official" / "in").symlink_to(tmp_path / "outside")
    (tmp_path / "corpus" / "manifest.toml").write_text(SOURCE.format(file="in/s.html"), encoding="utf-8")
    (came,) = fetch_sources(tmp_path / "corpus", progress=lambda *_: None)
    assert came.status == "failed" and "leads out" in came.notice
    assert list((tmp_path / "outside").iterdir()) == []
