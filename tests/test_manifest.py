"""The manifest: what is right is read, and each error names file, value and remedy."""

from datetime import date

import pytest

from index.errors import ManifestError
from ingest.manifest import load_manifest

DOCUMENT = '[[document]]\nid = "a"\nfile = "a.md"\ntitle = "A"\n'
MOVED = '[[crosswalk]]\nold = "8 CFR 214.11"\nnew = "8 CFR 214.202"\neffective = 2024-08-28\n'
ERRORS = [  # (manifest, what the message must name, reason)
    ("id = ", ["not valid TOML"], "malformed"),
    ("[[documents]]\n", ["'documents'", "[[document]]"], "a table that is not known"),
    (DOCUMENT + 'keywords = "x"\n', ["[[document]] 1 (a)", "'keywords'", "collection"], "a key that is not known"),
    ('[[document]]\nid = "a"\nfile = "a.md"\n', ["title is missing"], "a required key left out"),
    ('[[document]]\nfile = "a.md"\ntitle = "A"\n', ["without id", "id is missing"], "no id to name the entry by"),
    (DOCUMENT.replace('"A"', '""'), ["title = ''"], "an empty string"),
    (DOCUMENT.replace('"A"', "7"), ["title = 7"], "a number for a string"),
    (
        DOCUMENT + 'effective_from = "2024-08-28"\n',
        ["effective_from = '2024-08-28'", "without quotes"],
        "a date in quotes",
    ),
    (DOCUMENT + "effective_to = 2024-08-28T00:00:00\n", ["effective_to"], "a time is not a day"),
    (DOCUMENT + 'supersedes = "b"\n', ["supersedes = 'b'", "list"], "a string for a list"),
    (DOCUMENT + "supersedes = [1]\n", ["supersedes = [1]"], "a list of numbers"),
    (DOCUMENT.replace("a.md", "../a.md"), ["'../a.md'", "inside the corpus folder"], "a path that leads out"),
    (DOCUMENT.replace("a.md", "/etc/hosts"), ["'/etc/hosts'"], "an absolute path"),
    (DOCUMENT.replace('"a.md"', "'b\\a.md'"), ["must stay inside"], "a path with backslashes"),
    (DOCUMENT + DOCUMENT.replace("a.md", "b.md"), ["id = 'a'", "twice"], "an id given twice"),
    (DOCUMENT + DOCUMENT.replace('id = "a"', 'id = "b"'), ["file = 'a.md'", "twice"], "a file listed twice"),
    (MOVED.replace("new", "to"), ["[[crosswalk]] 1", "new is missing"], "a crosswalk entry without its new place"),
    (MOVED.replace("2024-08-28", '"soon"'), ["effective = 'soon'", "date without quotes"], "a crosswalk date in words"),
]


@pytest.mark.parametrize(("text", "named", "reason"), ERRORS)
def test_errors_name_file_value_and_remedy(tmp_path, text, named, reason):
    (tmp_path / "manifest.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError) as caught:
        load_manifest(tmp_path)
    assert str(tmp_path / "manifest.toml") in str(caught.value)
    for part in named:
        assert part in str(caught.value), reason


def test_bytes_that_are_not_text_are_an_error(tmp_path):
    (tmp_path / "manifest.toml").write_bytes(b"\xff\xfe[[document]]")
    with pytest.raises(ManifestError, match="not valid TOML"):
        load_manifest(tmp_path)


def test_everything_is_read(tmp_path):
    (tmp_path / "manifest.toml").write_text(
        DOCUMENT
        + 'kind = "regulation"\ncited_as = "8 CFR"\neffective_from = 2024-08-28\nsupersedes = ["b"]\n'
        + MOVED
        + 'authority = "89 FR 34864"\n',
        encoding="utf-8",
    )
    manifest = load_manifest(tmp_path)
    entry, moved = manifest.documents[0], manifest.crosswalk[0]
    assert (entry.id, entry.file, entry.kind, entry.cited_as) == ("a", "a.md", "regulation", "8 CFR")
    assert (entry.effective_from, entry.effective_to, entry.supersedes) == (date(2024, 8, 28), None, ("b",))
    assert (moved.old, moved.new, moved.authority) == ("8 CFR 214.11", "8 CFR 214.202", "89 FR 34864")


def test_a_folder_without_manifest_has_an_empty_one(tmp_path):
    assert load_manifest(tmp_path).documents == ()
