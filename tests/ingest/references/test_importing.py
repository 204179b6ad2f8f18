"""References become entries of a manifest: which file each describes, and that nothing there is lost."""

import json

import pytest
from click.testing import CliRunner

from ingest.commands.import_references import import_list
from ingest.corpus.manifest import load_manifest
from ingest.references.importing import import_references
from ingest.references.matching import match
from ingest.references.records import Reference
from pinpoint.errors import ManifestError, PinpointError

FILES = (
    "subpart-c.md",
    "a/guide.pdf",
    "b/guide.pdf",
    "DHS - 2020 - Strategy to Combat Trafficking.pdf",
    "qhsr 2023.pdf",
)
MATCHES = [  # (reference, files, by, reason)
    ({"files": ("C:\\Users\\x\\storage\\AB\\SUBPART-C.md",)}, FILES[:1], "file name", "a path of Windows"),
    ({"files": ("file:///home/x/qhsr%202023.pdf",)}, FILES[4:], "file name", "an address of a file"),
    ({"files": ("files/1/guide.pdf",)}, FILES[1:3], "file name", "two files of one name: neither is guessed"),
    ({"files": ("/x/b/guide.pdf",)}, FILES[2:3], "file name", "told apart by the folder"),
    ({"url": "https://a.gov/x/qhsr%202023.pdf?download=1#page=2"}, FILES[4:], "address", "the end of the address"),
    ({"url": "https://a.gov/subpart-c"}, (), "", "an address without a file"),
    ({"url": "https://[bad"}, (), "", "no address"),
    ({"title": "QHSR: 2023"}, FILES[4:], "title", "letters and digits alone"),
    ({"title": "Strategy to combat trafficking"}, FILES[3:4], "title", "author and year stand before it"),
    ({"title": "2023"}, (), "", "too short for the end of a name"),
    ({"title": ""}, (), "", "no title"),
    ({"files": ("other.pdf",), "title": "subpart c"}, FILES[:1], "title", "what it names is not there"),
]


@pytest.mark.parametrize(("said", "files", "by", "reason"), MATCHES)
def test_which_file_a_reference_describes(said, files, by, reason):
    found = match(Reference(number=1, **said), FILES)
    assert (found.files, found.by) == (files, by), reason


MANIFEST = """# About this folder
[search]
prefer = ["T visa"]

[[document]]
id = "rule"            # the rule
file = "rule.md"
title = "The rule"
collection = "T visa"
# the end"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("rule.md", "review.md", "guide.md"):
        (folder / name).write_text("# Text\n", encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def listed(tmp_path):
    """Writes references into a CSL-JSON file."""

    def write(*items):
        file = tmp_path / "list.json"
        file.write_text(json.dumps(items), encoding="utf-8")
        return file

    return write


def review(**more):
    issued = {"date-parts": [[2023, 4, 20]]}
    return {"type": "report", "title": "Review", "publisher": "DHS", "issued": issued, "URL": "https://a.gov/"} | more


def test_entries_are_added_and_all_that_was_there_stays(corpus, listed):
    file = listed(review(), {"title": "Rule"}, {"title": "Nowhere"})
    shown = import_references(file, corpus)
    assert (corpus / "manifest.toml").read_text() == MANIFEST, "nothing is written unless it is asked for"
    found = import_references(file, corpus, write=True, collection="QHSR")
    after = (corpus / "manifest.toml").read_text()
    assert after.startswith(f"{MANIFEST}\n") and after.endswith(found.entries)
    assert [one.outcome for one in shown.records] == ["new", "listed", "no file"] and found.without == ("guide.md",)
    (entry,) = [one for one in load_manifest(corpus).documents if one.id == "review"]
    assert (entry.file, entry.title, entry.publisher, entry.kind) == ("review.md", "Review", "DHS", "report")
    assert (entry.url, str(entry.effective_from), entry.collection) == ("https://a.gov/", "2023-04-20", "QHSR")
    again = import_references(file, corpus, write=True)
    assert again.entries == "" and (corpus / "manifest.toml").read_text() == after, "a second time it is there"


DAYS = [  # (kind, date, what it is, the line, what is said, reason)
    ("report", [2023, 4, 20], None, "effective_from = 2023-04-20", "", "since when a report stands"),
    ("legislation", [2023, 4, 20], None, "", "--date-is", "of a law it may be any day"),
    ("legislation", [2023, 4, 20], "current_to", "current_to = 2023-04-20", "", "somebody says which"),
    ("report", [2023, 4, 20], "nothing", "", "", "somebody says none"),
    ("report", [2023], None, "", "was not taken", "a year is no day"),
    ("report", [2999, 1, 1], "current_to", "", "was not taken", "a copy is not of a day to come"),
]


@pytest.mark.parametrize(("kind", "parts", "meaning", "line", "said", "reason"), DAYS)
def test_a_date_is_taken_only_where_it_is_known_what_it_is(corpus, listed, kind, parts, meaning, line, said, reason):
    file = listed(review(type=kind, issued={"date-parts": [parts]}))
    found = import_references(file, corpus, date_is=meaning)
    dates = [one for one in found.entries.splitlines() if one.startswith(("effective", "current"))]
    assert dates == ([line] if line else []), reason
    assert said in found.records[0].said and bool(said) == bool(found.records[0].said), reason


def test_two_references_of_one_file_make_no_entry(corpus, listed):
    found = import_references(listed(review(), review(title="review")), corpus, write=True)
    assert [one.outcome for one in found.records] == ["same file"] * 2 and not found.entries


def test_a_hostile_title_is_a_value(corpus, listed):
    title = 'Re"view"\n[[document]]\nid = "x" \\ {} % \u202e \x00 ' + "§" * 5000
    item = review(title=title, publisher='"""', file="review.md")
    found = import_references(listed(item), corpus, write=True)
    documents = load_manifest(corpus).documents
    assert [one.id for one in documents] == ["rule", "review"] and documents[1].publisher == '"""'
    assert len(found.records[0].title) <= 200 and found.records[0].title.isprintable()


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ('document = [{id = "a", file = "rule.md", title = "A"}]\n', "tables in one line, behind which none can stand"),
        ("not toml", "a manifest that is wrong already"),
    ],
)
def test_a_manifest_that_cannot_be_added_to_is_left_alone(corpus, listed, before, reason):
    (corpus / "manifest.toml").write_text(before, encoding="utf-8")
    with pytest.raises(ManifestError) as refused:
        import_references(listed(review()), corpus, write=True)
    assert (corpus / "manifest.toml").read_text() == before, reason
    assert str(corpus / "manifest.toml") in str(refused.value), "it names the file that a person has"


def test_a_manifest_of_one_value_is_told_how_to_list(corpus, listed):
    (corpus / "manifest.toml").write_text('document = [{id = "a", file = "rule.md", title = "A"}]\n', encoding="utf-8")
    with pytest.raises(ManifestError, match=r"in one value.*\[\[document\]\]"):
        import_references(listed(review()), corpus)


def test_a_linked_manifest_stays_a_link(corpus, listed, tmp_path):
    real = tmp_path / "real.toml"
    (corpus / "manifest.toml").rename(real)
    (corpus / "manifest.toml").symlink_to(real)
    import_references(listed(review()), corpus, write=True)
    assert (corpus / "manifest.toml").is_symlink() and "review.md" in real.read_text(encoding="utf-8")


def test_the_ends_of_lines_stay(corpus, listed):
    before = MANIFEST.replace("\n", "\r\n").encode()
    (corpus / "manifest.toml").write_bytes(before)
    import_references(listed(review()), corpus, write=True)
    after = (corpus / "manifest.toml").read_bytes()
    assert after.startswith(before) and after.count(b"\n") == after.count(b"\r\n") > before.count(b"\n")
    assert [one.id for one in load_manifest(corpus).documents] == ["rule", "review"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://a.gov/ x", "www.dhs.gov"])
def test_an_address_that_is_none_of_the_web_is_left_out(corpus, listed, address):
    found = import_references(listed(review(URL=address, file="review.md")), corpus, write=True)
    assert load_manifest(corpus).documents[1].url == ""
    assert f"Its address {address} was not taken" in found.records[0].said


def test_a_manifest_elsewhere_and_none_at_all(corpus, listed, tmp_path):
    (corpus / "manifest.toml").unlink()
    own = tmp_path / "own.toml"
    own.write_text("", encoding="utf-8")
    import_references(listed(review()), corpus, manifest_file=own, write=True)
    assert "review.md" in own.read_text() and not (corpus / "manifest.toml").exists()
    import_references(listed(review()), corpus, write=True)
    assert "review.md" in (corpus / "manifest.toml").read_text()


def test_a_folder_that_is_not_there(listed, tmp_path):
    with pytest.raises(PinpointError, match="is not there"):
        import_references(listed(review()), tmp_path / "none")


def test_the_command_shows_then_writes(corpus, listed):
    file = str(listed(review()))
    shown = CliRunner().invoke(import_list, [file, "--corpus", str(corpus)])
    assert shown.exit_code == 0 and "Nothing is written yet" in shown.output and "[[document]]" in shown.output
    written = CliRunner().invoke(import_list, [file, "--corpus", str(corpus), "--write", "--json"])
    assert json.loads(written.output)["written"] is True
    left = CliRunner().invoke(import_list, [str(listed({"title": "Nowhere"})), "--corpus", str(corpus)])
    assert left.exit_code == 3 and "no file       record 1: Nowhere" in left.output
    wrong = CliRunner().invoke(import_list, ["none.bib", "--corpus", str(corpus)])
    assert wrong.exit_code == 2 and "Export it as RIS" in wrong.output
