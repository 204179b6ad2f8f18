"""Documents that were added in the app: taken out, put back, and taken out by themselves when they cannot be read."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import removal
from ingest.corpus.added import ADDED, REMOVED, read_added, write_added
from ingest.corpus.files import files_below
from ingest.corpus.manifest import load_manifest
from ingest.corpus.manifest_editing import with_entry
from ingest.corpus.removal import DAYS, put_back, remove_added, settle
from ingest.corpus.uploads import Upload, add_upload
from pinpoint.errors import ManifestError

TEXT = b"# A new rule\n\nThe applicant must file the form.\n"
OTHER = b"# Another rule\n\nThe officer must read the form.\n"


def names(corpus):
    return sorted(path.relative_to(corpus).as_posix() for path in files_below(corpus))


def add(corpus, name="rule.md", content=TEXT, *, overwrite=False, **said):
    assert add_upload(corpus, Upload(name, content, **said), overwrite=overwrite) == ""


def last(corpus):
    return max(read_added(corpus).removed.items(), key=lambda item: item[1].removed)[0]


def record(*, is_failure, reason=""):
    return SimpleNamespace(is_failure=is_failure, reason=reason)


@pytest.mark.parametrize("said", [{}, {"title": "A rule", "kind": "memo"}], ids=["undescribed", "described"])
def test_what_was_added_is_taken_out_and_put_back(tiny_corpus, said):
    before, listing = names(tiny_corpus), (tiny_corpus / "manifest.toml").read_text("utf-8")
    add(tiny_corpus, **said)
    there, listed = names(tiny_corpus), (tiny_corpus / "manifest.toml").read_text("utf-8")
    assert remove_added(tiny_corpus, "rule.md") == ""
    assert names(tiny_corpus) == before, "and nothing of it is read by an ingest"
    assert load_manifest(tiny_corpus).documents == load_manifest_of(listing, tiny_corpus).documents
    assert put_back(tiny_corpus, last(tiny_corpus)) == ""
    assert names(tiny_corpus) == there and (tiny_corpus / "rule.md").read_bytes() == TEXT
    assert load_manifest(tiny_corpus).documents == load_manifest_of(listed, tiny_corpus).documents
    assert not read_added(tiny_corpus).removed and not list((tiny_corpus / REMOVED).iterdir())
    assert remove_added(tiny_corpus, "rule.md") == "", "and it can be taken out again"


def load_manifest_of(text, corpus):
    file = corpus.parent / "other.toml"
    file.write_text(text, encoding="utf-8")
    return load_manifest(corpus, file)


def test_a_file_whose_place_was_taken_is_back(tiny_corpus):
    (tiny_corpus / "rule.md").write_bytes(OTHER)
    add(tiny_corpus, overwrite=True, title="Mine")
    assert remove_added(tiny_corpus, "rule.md") == ""
    assert (tiny_corpus / "rule.md").read_bytes() == OTHER
    assert "was not added here" in remove_added(tiny_corpus, "rule.md"), "that one is not the app's to take out"
    assert put_back(tiny_corpus, last(tiny_corpus)) == ""
    assert (tiny_corpus / "rule.md").read_bytes() == TEXT
    assert remove_added(tiny_corpus, "rule.md") == "" and (tiny_corpus / "rule.md").read_bytes() == OTHER


def test_one_upload_over_another_unwinds(tiny_corpus):
    add(tiny_corpus, title="First")
    add(tiny_corpus, content=OTHER, overwrite=True, title="Second")
    assert titles(tiny_corpus) == ["Second"]
    assert remove_added(tiny_corpus, "rule.md") == ""
    assert (tiny_corpus / "rule.md").read_bytes() == TEXT and titles(tiny_corpus) == ["First"]
    assert remove_added(tiny_corpus, "rule.md") == "" and titles(tiny_corpus) == []
    assert not (tiny_corpus / "rule.md").exists()


def titles(corpus):
    return [entry.title for entry in load_manifest(corpus).documents if entry.file == "rule.md"]


def test_a_damaged_upload_never_stays(tiny_corpus):
    before = names(tiny_corpus)
    add(tiny_corpus, "broken.pdf", b"%PDF-1.7 cut", title="Broken")
    add(tiny_corpus)
    settled = settle(
        tiny_corpus,
        {"broken.pdf": record(is_failure=True, reason="The file is damaged."), "rule.md": record(is_failure=False)},
    )
    assert settled.told == {"broken.pdf": "It was taken out of the corpus folder."} and not settled.is_changed
    assert names(tiny_corpus) == sorted([*before, "rule.md"])
    assert all(entry.file != "broken.pdf" for entry in load_manifest(tiny_corpus).documents)
    assert read_added(tiny_corpus).removed[last(tiny_corpus)].why == "The file is damaged."
    later = settle(tiny_corpus, {"rule.md": record(is_failure=True, reason="Too slow today.")})
    assert not later.told, "what was read once is not taken out because it cannot be read another day"


def test_a_damaged_upload_gives_the_place_back_that_it_took(tiny_corpus):
    (tiny_corpus / "rule.md").write_bytes(OTHER)
    add(tiny_corpus, content=b"\x00\x01", overwrite=True)
    settled = settle(tiny_corpus, {"rule.md": record(is_failure=True, reason="Damaged.")})
    assert settled.is_changed and "The file of before is in its place again" in settled.told["rule.md"]
    assert (tiny_corpus / "rule.md").read_bytes() == OTHER


REFUSED = [  # (step, what is said, reason)
    (lambda c: remove_added(c, "manifest.toml"), "was not added here", "a file that is not the app's"),
    (lambda c: remove_added(c, "../rule.md"), "was not added here", "a path out of the folder"),
    (lambda c: put_back(c, "none.md"), "not there any more", "nothing was taken out"),
    (lambda c: put_back(c, "../rule.md"), "not there any more", "a path out of the folder"),
]


@pytest.mark.parametrize(("step", "says", "reason"), REFUSED)
def test_what_is_refused(tiny_corpus, step, says, reason):
    before = names(tiny_corpus)
    assert says in step(tiny_corpus), reason
    assert names(tiny_corpus) == before


def test_a_name_that_is_taken_by_now_is_not_overwritten(tiny_corpus):
    add(tiny_corpus)
    remove_added(tiny_corpus, "rule.md")
    (tiny_corpus / "rule.md").write_bytes(OTHER)
    assert "is there already" in put_back(tiny_corpus, last(tiny_corpus))
    assert (tiny_corpus / "rule.md").read_bytes() == OTHER


def test_a_manifest_that_cannot_be_changed_leaves_everything_as_it_was(tiny_corpus):
    add(tiny_corpus, title="A rule")
    manifest = tiny_corpus / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8") + "\nwrong = ", encoding="utf-8")
    before = names(tiny_corpus)
    with pytest.raises(ManifestError):
        remove_added(tiny_corpus, "rule.md")
    assert names(tiny_corpus) == before and "rule.md" in read_added(tiny_corpus).files


def test_what_was_taken_out_long_ago_is_deleted(tiny_corpus):
    add(tiny_corpus)
    remove_added(tiny_corpus, "rule.md")
    added = read_added(tiny_corpus)
    old = (datetime.now(UTC) - timedelta(days=DAYS + 1)).isoformat()
    added.removed = {name: removal.replace(one, removed=old) for name, one in added.removed.items()}
    write_added(tiny_corpus, added)
    add(tiny_corpus, "new.md", OTHER)
    remove_added(tiny_corpus, "new.md")
    assert [one.file for one in read_added(tiny_corpus).removed.values()] == ["new.md"]
    assert len(list((tiny_corpus / REMOVED).iterdir())) == 1


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"format": 9}',
        '{"format": 1, "files": {"../x.md": {}}, "removed": {}}',
        '{"format": 1, "files": {}}',
    ],
)
def test_a_record_that_cannot_be_read_is_named_with_a_remedy(tiny_corpus, content):
    (tiny_corpus / ADDED).write_text(content, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"\.added\.json.*(Remove it|Update Pinpoint)"):
        read_added(tiny_corpus)


NAMES = st.sampled_from(["a.md", "b.md", "c.md"])


@given(st.lists(NAMES, unique=True, min_size=1), NAMES, st.sampled_from(["", "# a note\n", "\n\n"]))
def test_an_entry_is_exchanged_and_nothing_else(files, file, between):
    entries = {one: f'[[document]]\nid = "{one[0]}"\nfile = "{one}"\ntitle = {json.dumps(one)}\n' for one in files}
    manifest = between.join(entries.values()) + "[search]\nprefer = []\n"
    without, old = with_entry(manifest, file, "")
    assert old == entries.get(file, "") and (f'file = "{file}"' in without) is False
    assert all(text in without for one, text in entries.items() if one != file)
    again, _ = with_entry(manifest, file, f'[[document]]\nid = "z"\nfile = "{file}"\ntitle = "Z"\n')
    assert again.count(f'file = "{file}"') == 1
