"""Documents that are added in the app: which are refused, where they go, what the manifest says of them."""

import tomllib
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import uploads
from ingest.corpus.manifest import load_manifest
from ingest.corpus.uploads import Upload, add_upload, refusal, refused_together, toml_string, uploads_allowed
from pinpoint.errors import ManifestError

TEXT = b"# A new rule\n\nThe applicant must file the form.\n"


@pytest.mark.parametrize(
    ("value", "allowed", "reason"),
    [
        (None, False, "off by default"),
        ("1", True, "on"),
        ("0", False, "off in words that computers use"),
        ("no", False, "only 1 turns it on, so that no typo does"),
        ("", False, "set to nothing"),
    ],
)
def test_adding_is_off_unless_the_setting_is_on(value, allowed, reason):
    environment = {} if value is None else {"PINPOINT_UPLOADS": value}
    assert uploads_allowed(environment) is allowed, reason


NAMES = [  # (name, what the refusal says, reason)
    ("../rule.md", "not a plain file name", "up and out of the folder"),
    ("/etc/rule.md", "not a plain file name", "an absolute path"),
    ("rules/rule.md", "not a plain file name", "into a folder"),
    ("..\\rule.md", "not a plain file name", "a path of Windows"),
    ("C:rule.md", "not a plain file name", "a drive of Windows"),
    ("rule\x00.md", "not a plain file name", "a zero byte"),
    ("rule\n.md", "not a plain file name", "a line break"),
    ("rule\u202edm.pdf", "not a plain file name", "text that runs backwards and hides the suffix"),
    ("", "not a plain file name", "no name"),
    ("..", "begins with a dot", "the folder above"),
    (".rule.md", "begins with a dot", "hidden"),
    ("_rule.md", "begins with a dot or an underscore", "ignored by ingest"),
    ("rule.md.", "ends with a dot", "another name on Windows"),
    ("rule.exe", "of a type that is not read", "a program"),
    ("manifest.toml", "of a type that is not read", "the manifest itself"),
    ("rule", "of a type that is not read", "no suffix"),
    ("a" * 300 + ".md", "too long a name", "longer than file systems take"),
]


@pytest.mark.parametrize(("name", "says", "reason"), NAMES, ids=[reason for *_, reason in NAMES])
def test_names_that_are_refused(tiny_corpus, name, says, reason):
    before = sorted(tiny_corpus.rglob("*"))
    assert says in add_upload(tiny_corpus, Upload(name, TEXT), overwrite=True), reason
    assert [path for path in sorted(tiny_corpus.parent.rglob("*")) if path.name == "rule.md"] == []
    assert [path for path in sorted(tiny_corpus.rglob("*")) if path.name != ".adding.lock"] == before


@given(name=st.text(min_size=1, max_size=60))
def test_no_name_leads_out_of_the_folder(tmp_path_factory, name):
    folder = tmp_path_factory.getbasetemp() / "outer" / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in ("", ".md"):
        if not refusal(folder, Upload(name + suffix, TEXT), overwrite=True):
            assert (folder / (name + suffix)).resolve().parent == folder.resolve()


def test_a_document_is_added_as_it_is(tiny_corpus):
    assert add_upload(tiny_corpus, Upload("New rule (2026) § 1.md", TEXT), overwrite=False) == ""
    assert (tiny_corpus / "New rule (2026) § 1.md").read_bytes() == TEXT
    assert "New rule" not in (tiny_corpus / "manifest.toml").read_text(encoding="utf-8")
    assert not list(tiny_corpus.glob(".adding-*")), "no draft stays"


def test_empty_and_too_large_files_are_refused(tiny_corpus, monkeypatch):
    assert "has no bytes" in refusal(tiny_corpus, Upload("new.md", b""), overwrite=False)
    monkeypatch.setattr(uploads, "LARGEST", 0)
    assert "larger than" in refusal(tiny_corpus, Upload("new.md", TEXT), overwrite=False)


def test_a_copy_of_a_document_is_named(tiny_corpus):
    there = (tiny_corpus / "reviews" / "qhsr.md").read_bytes()
    assert "same bytes as reviews/qhsr.md" in refusal(tiny_corpus, Upload("copy.md", there), overwrite=True)


def test_a_file_is_replaced_only_when_asked(tiny_corpus):
    (tiny_corpus / "rule.md").write_bytes(b"old")
    assert "tick the box" in add_upload(tiny_corpus, Upload("rule.md", TEXT), overwrite=False)
    assert (tiny_corpus / "rule.md").read_bytes() == b"old"
    assert "capital letters" in add_upload(tiny_corpus, Upload("RULE.md", TEXT), overwrite=True)
    assert add_upload(tiny_corpus, Upload("rule.md", TEXT), overwrite=True) == ""
    assert (tiny_corpus / "rule.md").read_bytes() == TEXT


def test_a_link_out_of_the_folder_is_replaced_and_not_followed(tiny_corpus, tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"mine")
    (tiny_corpus / "rule.md").symlink_to(outside)
    assert add_upload(tiny_corpus, Upload("rule.md", TEXT), overwrite=True) == ""
    assert outside.read_bytes() == b"mine" and not (tiny_corpus / "rule.md").is_symlink()


def test_a_folder_is_never_replaced(tiny_corpus):
    (tiny_corpus / "rule.md").mkdir()
    assert "name of a folder" in add_upload(tiny_corpus, Upload("rule.md", TEXT), overwrite=True)


def test_what_is_said_of_a_document_stands_in_the_manifest(tiny_corpus):
    before = load_manifest(tiny_corpus)
    days = (date(2026, 11, 1), date(2026, 11, 20))
    upload = Upload("new-rule.md", TEXT, 'A "new" rule \\ 2026', "regulation", "DHS", "T visa", *days)
    assert add_upload(tiny_corpus, upload, overwrite=False) == ""
    after = load_manifest(tiny_corpus)
    assert after.documents[:-1] == before.documents and after.crosswalk == before.crosswalk
    entry = after.documents[-1]
    assert (entry.id, entry.file, entry.title) == ("new-rule", "new-rule.md", 'A "new" rule \\ 2026')
    assert (entry.kind, entry.publisher, entry.collection) == ("regulation", "DHS", "T visa")
    assert (entry.effective_from, entry.current_to) == days


def test_ids_stay_unique_and_a_title_is_made_from_the_name(tiny_corpus):
    assert add_upload(tiny_corpus, Upload("Statute.md", TEXT, kind="statute"), overwrite=False) == ""
    entry = load_manifest(tiny_corpus).documents[-1]
    assert (entry.id, entry.title) == ("statute-2", "Statute")


LISTED = """# Ours.
[[document]]
id = "r"
file = "rule.md"   # the rule
title = "Kept"
supersedes = ["s"]

[[document]]
id = "s"
file = "other.md"
title = "Other"
effective_from = 2020-01-01
"""


@pytest.mark.parametrize(
    ("said", "fields", "reason"),
    [
        ({}, {}, "nothing is said, nothing changes"),
        ({"title": "New"}, {"title": "New"}, "a value instead of another"),
        (
            {"effective_from": date(2026, 11, 1), "kind": "statute"},
            {"effective_from": date(2026, 11, 1), "kind": "statute"},
            "values that were not there",
        ),
    ],
)
def test_what_is_said_of_a_file_that_is_listed_is_taken(tiny_corpus, said, fields, reason):
    (tiny_corpus / "manifest.toml").write_text(LISTED, encoding="utf-8")
    (tiny_corpus / "rule.md").write_bytes(b"old")
    before = load_manifest(tiny_corpus).documents
    assert add_upload(tiny_corpus, Upload("rule.md", TEXT, **said), overwrite=True) == "", reason
    after = load_manifest(tiny_corpus).documents
    assert after == (replace(before[0], **fields), before[1]), reason
    text = (tiny_corpus / "manifest.toml").read_text(encoding="utf-8")
    assert "# Ours." in text and 'file = "rule.md"   # the rule' in text, "what else stands there stays"
    assert add_upload(tiny_corpus, Upload("next.md", TEXT + b"x", title="Next"), overwrite=True) == ""
    assert load_manifest(tiny_corpus).documents[:-1] == after


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ('[[document]]\nid = "r"\nfile = "rule.md"\ntitle = """\nKept"""\n', "a value of several lines"),
        ('document = [{id = "r", file = "rule.md", title = "Kept"}]\n', "entries in one line"),
        ('[[document]]\nid = "r"\nfile = "rule.md"\n"title" = "Kept"\n', "a key in quotation marks"),
    ],
)
def test_an_entry_that_cannot_be_changed_safely_is_left_and_nothing_is_written(tiny_corpus, manifest, reason):
    (tiny_corpus / "manifest.toml").write_text(manifest, encoding="utf-8")
    (tiny_corpus / "rule.md").write_bytes(b"old")
    with pytest.raises(ManifestError, match="Edit its entry in the manifest by hand"):
        add_upload(tiny_corpus, Upload("rule.md", TEXT, title="New"), overwrite=True)
    assert (tiny_corpus / "rule.md").read_bytes() == b"old", reason
    assert (tiny_corpus / "manifest.toml").read_text(encoding="utf-8") == manifest, reason


@pytest.mark.parametrize("at_the_end", [True, False], ids=["table at the end", "table at the start"])
def test_what_is_preferred_stays_as_it_is_in_a_manifest_of_ones_own(tiny_corpus, tmp_path, at_the_end):
    table, own = '[search]\nprefer = ["QHSR"]  # ours\n', tmp_path / "own.toml"
    before = (tiny_corpus / "manifest.toml").read_text(encoding="utf-8")
    own.write_text(f"{before}\n{table}" if at_the_end else f"{table}\n{before}", encoding="utf-8")
    for number, overwrite in enumerate((False, True)):  # listed anew, then as it is listed
        upload = Upload("rule.md", TEXT + bytes([65 + number]), kind="statute", title=f"Rule {number}")
        assert add_upload(tiny_corpus, upload, overwrite=overwrite, manifest_file=own) == ""
    after = load_manifest(tiny_corpus, own)
    assert after.prefer == ("QHSR",) and table in own.read_text(encoding="utf-8")
    assert after.documents[-1].title == "Rule 1"
    assert (tiny_corpus / "manifest.toml").read_text(encoding="utf-8") == before, "the folder's own is not touched"


def test_no_more_is_added_at_once_than_there_is_room_for(tiny_corpus, monkeypatch):
    assert refused_together(tiny_corpus, [2**20] * 3) == ""
    assert "501 MB together; 500 MB are the most" in refused_together(tiny_corpus, [2**20] * 501)
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _: SimpleNamespace(free=510 * 2**20))
    assert refused_together(tiny_corpus, [2**20] * 9) == ""
    assert "has 510 MB free" in refused_together(tiny_corpus, [2**20] * 11)


def test_a_corpus_without_manifest_gets_one(tmp_path):
    assert add_upload(tmp_path, Upload("a.md", TEXT, title="A"), overwrite=False) == ""
    assert [entry.title for entry in load_manifest(tmp_path).documents] == ["A"]


def test_with_a_broken_manifest_nothing_is_written(tiny_corpus):
    (tiny_corpus / "manifest.toml").write_text("[[document", encoding="utf-8")
    with pytest.raises(ManifestError, match="not valid TOML"):
        add_upload(tiny_corpus, Upload("new.md", TEXT, title="New"), overwrite=False)
    assert not (tiny_corpus / "new.md").exists()


def test_without_the_folder_it_is_said(tmp_path):
    assert "is not there" in add_upload(tmp_path / "none", Upload("a.md", TEXT), overwrite=False)


@given(text=st.text(max_size=80))
def test_any_text_becomes_one_toml_string(text):
    read = tomllib.loads(f"key = {toml_string(text)}")
    assert list(read) == ["key"]
    assert read["key"] == "".join(c for c in " ".join(text.split()) if c.isprintable())
