"""The manifest: what is right is read, and each error names file, value and remedy."""

from datetime import date
from pathlib import Path

import httpx2
import pytest

from ingest.corpus.manifest import load_manifest
from ingest.pipeline import ingest_corpus
from ingest.readers.registry import READERS
from ingest.sources.hosts import check_address, load_allowed_hosts
from ingest.workers import Limits
from pinpoint.errors import ManifestError

DOCUMENT = '[[document]]\nid = "a"\nfile = "a.md"\ntitle = "A"\n'
SOURCE = '[[source]]\nid = "s"\nfile = "official/s.html"\ntitle = "S"\nurl = "https://www.uscis.gov/s"\n'
PAGES = 'urls = ["https://www.uscis.gov/1", "https://www.uscis.gov/2"]\n'
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
    (DOCUMENT + 'current_to = "June 2026"\n', ["current_to = 'June 2026'", "without quotes"], "a month in words"),
    (
        DOCUMENT + "current_to = 2999-01-01\n",
        ["(a)", "current_to = 2999-01-01", "still to come", "effective_from"],
        "no copy is of a day to come",
    ),
    (DOCUMENT + "printed = true\n", ["unknown key 'printed'", "current_to"], "what the file says, not the manifest"),
    (DOCUMENT + 'supersedes = "b"\n', ["supersedes = 'b'", "list"], "a string for a list"),
    (DOCUMENT + "supersedes = [1]\n", ["supersedes = [1]"], "a list of numbers"),
    (DOCUMENT.replace("a.md", "../a.md"), ["'../a.md'", "inside the corpus folder"], "a path that leads out"),
    (DOCUMENT.replace("a.md", "/etc/hosts"), ["'/etc/hosts'"], "an absolute path"),
    (DOCUMENT.replace('"a.md"', "'b\\a.md'"), ["must stay inside"], "a path with backslashes"),
    (DOCUMENT + DOCUMENT.replace("a.md", "b.md"), ["id = 'a'", "twice"], "an id given twice"),
    (DOCUMENT + DOCUMENT.replace('id = "a"', 'id = "b"'), ["file = 'a.md'", "twice"], "a file listed twice"),
    (SOURCE + 'pages = ["x"]\n', ["[[source]] 1 (s)", "'pages'", "collection"], "a key of a source that is not known"),
    (SOURCE.replace('title = "S"\n', ""), ["[[source]] 1 (s)", "title is missing"], "a source without a title"),
    (SOURCE.replace("official/", ""), ["'s.html'", "must stand under official/"], "a source outside its folder"),
    (SOURCE.replace("official/", "official/../"), ["inside the corpus folder"], "a source that leads out"),
    (SOURCE.replace('url = "https://www.uscis.gov/s"\n', ""), ["urls = ['']", "or give one as url"], "no address"),
    (SOURCE + 'urls = "https://www.uscis.gov/1"\n', ["must be a list of addresses"], "a string for a list"),
    (SOURCE + "urls = []\n", ["urls = []"], "an empty list"),
    (SOURCE.replace("https", "http"), ["must begin with https://"], "an address without encryption"),
    (SOURCE + 'urls = ["https://www.uscis.gov/{date}"]\n', ["{date}", "www.ecfr.gov"], "a date for another site"),
    (SOURCE.replace(".html", ".pdf") + PAGES, ["only pages can be joined"], "several PDF files"),
    (DOCUMENT + SOURCE.replace('"s"', '"a"'), ["id = 'a'", "twice"], "a source with the id of a document"),
    (SOURCE + SOURCE.replace('"s"', '"t"'), ["file = 'official/s.html'", "twice"], "two sources with one file"),
    (DOCUMENT + '[search]\nfirst = ["A"]\n', ["[search]", "unknown key 'first'", "prefer"], "a key that is not known"),
    (DOCUMENT + '[search]\nprefer = "Unlisted"\n', ["prefer = 'Unlisted'", "a list"], "a string for a list"),
    (DOCUMENT + "[search]\nprefer = [1]\n", ["prefer = [1]"], "a number for a name"),
    (
        DOCUMENT + 'collection = "T visa"\n[search]\nprefer = ["U visa"]\n',
        ["prefer = 'U visa'", "T visa, Unlisted"],
        "a collection that no document has",
    ),
    (DOCUMENT + "[[search]]\n", ["[search] must be one table", "prefer = ["], "several tables"),
    (MOVED.replace("new", "to"), ["[[crosswalk]] 1", "new is missing"], "a crosswalk entry without its new address"),
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
        + "current_to = 2026-06-11\n"
        + MOVED
        + 'authority = "89 FR 34864"\n',
        encoding="utf-8",
    )
    manifest = load_manifest(tmp_path)
    entry, moved = manifest.documents[0], manifest.crosswalk[0]
    assert (entry.id, entry.file, entry.kind, entry.cited_as) == ("a", "a.md", "regulation", "8 CFR")
    assert (entry.effective_from, entry.effective_to, entry.supersedes) == (date(2024, 8, 28), None, ("b",))
    assert entry.current_to == date(2026, 6, 11)
    assert (moved.old, moved.new, moved.authority) == ("8 CFR 214.11", "8 CFR 214.202", "89 FR 34864")


def test_sources_stand_beside_documents(tmp_path):
    dated = 'urls = ["https://www.ecfr.gov/api/versioner/v1/full/{date}/title-8.xml?part=214"]\n'
    second = SOURCE.replace('"s"', '"t"').replace("s.html", "t.xml") + dated + 'kind = "regulation"\n'
    third = SOURCE.replace('"s"', '"u"').replace("s.html", "u.html") + PAGES
    (tmp_path / "manifest.toml").write_text(DOCUMENT + SOURCE + second + third, encoding="utf-8")
    manifest = load_manifest(tmp_path)
    assert [entry.id for entry in manifest.documents] == ["a"]
    assert [(source.entry.id, source.entry.kind, len(source.urls)) for source in manifest.sources] == [
        ("s", "other", 1),
        ("t", "regulation", 1),
        ("u", "other", 2),
    ]
    assert manifest.sources[0].urls == ("https://www.uscis.gov/s",), "the page for people is downloaded"
    assert "{date}" in manifest.sources[1].urls[0]


def test_the_shipped_sources_are_official():
    sources = load_manifest(Path(__file__).resolve().parents[3] / "corpus").sources
    assert len(sources) >= 25
    hosts = load_allowed_hosts()
    for source in sources:
        for url in source.urls:
            check_address(httpx2.URL(url.replace("{date}", "2026-01-01")), hosts)
        assert source.entry.cited_as and source.entry.publisher and source.entry.licence, source.entry.id
        assert Path(source.entry.file).suffix in READERS, source.entry.id


SURVEYS = [  # (fetched, status, reason)
    (False, "not fetched", "one that is not fetched yet is not a failure"),
    (True, "read", "one that is there is read as a listed document"),
]


@pytest.mark.parametrize(("fetched", "status", "reason"), SURVEYS)
def test_sources_at_ingest(tmp_path, make_embedder, fetched, status, reason):
    corpus = tmp_path / "corpus"
    (corpus / "official").mkdir(parents=True)
    (corpus / "manifest.toml").write_text(DOCUMENT + SOURCE, encoding="utf-8")
    (corpus / "a.md").write_text("# One\n\nSome text of the document.\n", encoding="utf-8")
    if fetched:
        page = "<html><body><h1>Page</h1><p>Text of the official page.</p></body></html>"
        for name in ("s.html", "s.html.previous"):
            (corpus / "official" / name).write_text(page, encoding="utf-8")
        (corpus / "official" / "fetched.json").write_text("{}", encoding="utf-8")
        (corpus / "official" / ".s.html.part").write_text("<html>", encoding="utf-8")
    one = Limits(processes=1)
    result = ingest_corpus(corpus, tmp_path / "index", embedder=make_embedder(), progress=lambda *_: None, limits=one)
    records = {record.file: record for record in result.records}
    assert records["official/s.html"].status == status, reason
    assert not result.failed
    if fetched:
        assert records["official/s.html"].title == "S"
        assert {name: record.status for name, record in records.items() if name.startswith("official/")} == {
            "official/s.html": "read",
            "official/s.html.previous": "skipped",
            "official/fetched.json": "skipped",
        }
    else:
        named = f"Official source, not fetched yet: pinpoint fetch --only s --corpus {corpus}"
        assert records["official/s.html"].reason == named


def test_a_folder_without_manifest_has_an_empty_one(tmp_path):
    assert load_manifest(tmp_path).documents == ()


def test_what_is_preferred_is_read_once_each(tmp_path: Path) -> None:
    preferred = '[search]\nprefer = ["Forms", "T visa", "Forms"]\n'
    listing = DOCUMENT + 'collection = "T visa"\n' + SOURCE + 'collection = "Forms"\n' + preferred
    (tmp_path / "manifest.toml").write_text(listing, encoding="utf-8")
    assert load_manifest(tmp_path).prefer == ("Forms", "T visa"), "of documents and of sources"
    (tmp_path / "manifest.toml").write_text(DOCUMENT, encoding="utf-8")
    assert load_manifest(tmp_path).prefer == ()
