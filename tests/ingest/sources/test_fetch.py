"""Fetch against a local server: what is retried, resumed, refused, retained and written down."""

import ast
import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from index.generations.read import remember_corpus
from index.generations.rows import load_parsed
from ingest.__main__ import main
from ingest.commands.fetch import fetch_lines
from ingest.corpus.fetch_record import FETCHED
from ingest.pipeline import ingest_corpus
from ingest.sources.completeness import find_defect
from ingest.sources.download import Patience
from ingest.sources.fetch import fetch_sources, make_client
from ingest.sources.hosts import check_address, load_allowed_hosts
from pinpoint.errors import FetchFailed, ManifestError, PinpointError
from tests.ingest.sources.source_server import Answer, SourceServer

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.enable_socket]
HOSTS = frozenset({"www.govinfo.gov", "www.ecfr.gov", "www.uscis.gov"})
PDF = b"%PDF-1.7\n" + b"a rule in force\n" * 4000 + b"%%EOF\n"
PDF_2 = PDF.replace(b"rule", b"text")
PAGE = b"<!DOCTYPE html><html><head><title>T</title></head><body><main><p>%s</p></main></body></html>"
URL = "https://www.govinfo.gov/content/pkg/A/pdf/A.pdf"
TITLES = "https://www.ecfr.gov/api/versioner/v1/titles.json"
FULL = "https://www.ecfr.gov/api/versioner/v1/full/"
XML = b'<?xml version="1.0"?>\n<DIV8 N="214.14" TYPE="SECTION"><HEAD>\xc2\xa7 214.14 U.</HEAD><P>(a) One.</P></DIV8>'


@pytest.fixture
def server():
    running = SourceServer()
    yield running
    running.close()


@pytest.fixture
def slept():
    return []


@pytest.fixture
def corpus(tmp_path):
    """``corpus(id=urls or url, …)`` writes a manifest; a PDF source unless the id says otherwise."""

    def make(**sources):
        tables = []
        for name, urls in sources.items():
            suffix = name.partition("_")[2] or "pdf"
            listed = [urls] if isinstance(urls, str) else urls
            tables.append(
                f'[[source]]\nid = "{name}"\nfile = "official/{name}.{suffix}"\ntitle = "{name}"\n'
                f'url = "{listed[0].partition("?")[0].replace("{date}", "2026-01-01")}"\nurls = {json.dumps(listed)}\n'
            )
        (tmp_path / "manifest.toml").write_text("\n".join(tables), encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def fetch(server, slept):
    """``fetch(corpus, …)`` without waiting; every pause is written down in ``slept``."""

    def run(folder, **changes):
        patience = Patience(timeout=5, **changes.pop("patience", {}))
        with make_client(patience, server.transport()) as client:
            options = {"hosts": HOSTS, "sleep": slept.append, "jitter": lambda: 1.0, **changes}
            return list(fetch_sources(folder, client=client, patience=patience, **options))

    return run


def _retained(folder):
    return json.loads((folder / "official" / FETCHED).read_text(encoding="utf-8"))["sources"]


def _left(folder):
    """Names in the folder that a finished fetch has no reason to leave."""
    return sorted(path.name for path in (folder / "official").iterdir() if ".part" in path.name or ".new" in path.name)


def test_a_source_is_fetched_and_written_down(server, corpus, fetch):
    server.put(URL, Answer(PDF, headers={"ETag": '"one"', "Last-Modified": "Tue, 30 Apr 2024 12:00:00 GMT"}))
    folder = corpus(rule=URL)
    (came,) = fetch(folder)
    digest = hashlib.sha256(PDF).hexdigest()
    assert (came.status, came.bytes, came.sha256, came.attempts) == ("fetched", len(PDF), digest, 1)
    assert (folder / came.file).read_bytes() == PDF
    assert _left(folder) == []
    stated = _retained(folder)["rule"]
    assert (stated["sha256"], stated["bytes"], stated["etag"], stated["final_urls"]) == (
        digest,
        len(PDF),
        '"one"',
        [URL],
    )
    assert stated["last_modified"] == "Tue, 30 Apr 2024 12:00:00 GMT"
    assert datetime.fromisoformat(stated["fetched"])
    agent = server.asked[0][1]["user-agent"]
    assert agent.startswith("Pinpoint/") and "document search" in agent


def test_what_did_not_change_is_not_sent_again(server, corpus, fetch):
    server.put(URL, Answer(PDF, headers={"ETag": '"one"'}))
    folder = corpus(rule=URL)
    fetch(folder)
    (came,) = fetch(folder)
    assert came.status == "unchanged"
    assert server.asked[-1][1]["if-none-match"] == '"one"'
    assert (folder / came.file).read_bytes() == PDF


def test_a_file_edited_by_hand_is_fetched_whole(server, corpus, fetch):
    server.put(URL, Answer(PDF, headers={"ETag": '"one"'}))
    folder = corpus(rule=URL)
    fetch(folder)
    (folder / "official" / "rule.pdf").write_bytes(PDF_2)
    (came,) = fetch(folder)
    assert "if-none-match" not in server.asked[-1][1], "the server knows nothing of the edit"
    assert (folder / came.file).read_bytes() == PDF


def test_the_same_bytes_without_an_etag_are_unchanged(server, corpus, fetch):
    server.put(URL, PDF)
    folder = corpus(rule=URL)
    fetch(folder)
    assert [came.status for came in fetch(folder)] == ["unchanged"]
    assert _left(folder) == []


def test_a_changed_document_is_announced_and_the_old_one_retained(server, corpus, fetch):
    server.put(URL, Answer(PDF, headers={"ETag": '"one"'}))
    folder = corpus(rule=URL)
    fetch(folder)
    day = _retained(folder)["rule"]["fetched"]
    server.put(URL, Answer(PDF_2, headers={"ETag": '"two"'}))
    (came,) = fetch(folder)
    assert came.status == "changed"
    for named in (day, hashlib.sha256(PDF).hexdigest(), hashlib.sha256(PDF_2).hexdigest(), "rule.pdf.previous"):
        assert named in came.notice
    assert (folder / "official" / "rule.pdf").read_bytes() == PDF_2
    assert (folder / "official" / "rule.pdf.previous").read_bytes() == PDF


def test_a_page_whose_markup_alone_differs_is_unchanged(server, corpus, fetch):
    address = "https://www.uscis.gov/page"
    first, second, third = (PAGE % text for text in (b"Same.", b"<span id='build-77'>Same.</span>", b"Other."))
    server.put(address, first, second, third)
    folder = corpus(page_html=address)
    assert [fetch(folder)[0].status for _ in range(3)] == ["fetched", "unchanged", "changed"]


RETRIES = [  # (answers, status, pauses, reason)
    ([Answer(status=500), Answer(status=500), PDF], "fetched", [1, 1, 2, 1], "two errors, then the file"),
    ([Answer(status=503), PDF], "fetched", [1, 1], "the service is away for a moment"),
    ([Answer(status=429, headers={"Retry-After": "7"}), PDF], "fetched", [7, 1], "the server says how long to wait"),
    ([Answer(status=429, headers={"Retry-After": "9999"}), PDF], "fetched", [120, 1], "but not longer than the limit"),
    ([Answer(status=429, headers={"Retry-After": "soon"}), PDF], "fetched", [1, 1], "a Retry-After that says nothing"),
    ([Answer(PDF, cut=900), PDF], "fetched", [1, 1], "a body cut short"),
    ([PDF[:-7], PDF], "fetched", [1, 1], "a file that ends before its end mark, though the length is right"),
    ([Answer(b""), PDF], "fetched", [1, 1], "an empty body"),
    ([Answer(status=500)], "failed", [1, 1, 2, 1, 4, 1, 8, 1], "an error that stays"),
    ([Answer(status=404)], "failed", [], "not found is not tried again"),
    ([Answer(status=403)], "failed", [], "forbidden is not tried again"),
    ([PAGE % b"Sorry"], "failed", [], "a page instead of a PDF is not tried again"),
    ([b"not a PDF at all"], "failed", [], "nor is a file of another kind"),
]


@pytest.mark.parametrize(("answers", "status", "pauses", "reason"), RETRIES)
def test_retries(server, corpus, fetch, slept, answers, status, pauses, reason):
    server.put(URL, *answers)
    folder = corpus(rule=URL)
    (came,) = fetch(folder)
    assert came.status == status, reason
    assert slept == pauses, "back-off doubles; one second passes between two requests to one host"
    assert (folder / "official" / "rule.pdf").exists() == (status == "fetched")
    assert bool(came.notice) == (status == "failed"), "a failure says why"


def test_a_retry_after_may_be_a_date(server, corpus, fetch, slept):
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=40))
    server.put(URL, Answer(status=503, headers={"Retry-After": moment}), PDF)
    fetch(corpus(rule=URL))
    assert 30 < slept[0] <= 40


def test_a_host_that_cannot_be_reached_is_tried_at_length_once(corpus, slept):
    def unreachable(request):
        raise httpx2.ConnectError("Name or service not known")

    dated = f"{FULL}{{date}}/title-8.xml?part=214"
    folder = corpus(one=URL, two=URL.replace("A.pdf", "B.pdf"), three_xml=dated, four_xml=dated)
    with make_client(Patience(), httpx2.MockTransport(unreachable)) as client:
        came = list(fetch_sources(folder, client=client, hosts=HOSTS, sleep=slept.append, jitter=lambda: 1.0))
    assert [each.status for each in came] == ["failed"] * 4
    assert "5 attempts" in came[0].notice and "1 attempt," in came[1].notice and "Name or service" in came[1].notice
    assert "titles.json" in came[2].notice and came[2].notice == came[3].notice
    assert [pause for pause in slept if pause > 1] == [2, 4, 8] * 2, "once for each host, not for each source"


def test_jitter_spreads_the_pauses(server, corpus, fetch, slept):
    server.put(URL, Answer(status=500), Answer(status=500), PDF)
    fetch(corpus(rule=URL), jitter=lambda: 0.0)
    assert slept == [0.5, 1, 1.0, 1]


FAILURES = [  # (answers, what the notice names, reason)
    ([Answer(status=500)], [URL, "5 attempts", "status 500"], "attempts are counted"),
    ([Answer(status=404)], [URL, "status 404", "correct the manifest"], "the remedy for a moved document"),
    ([PAGE % b"Sorry"], [URL, "web page, not a .pdf"], "a notice instead of the document"),
    ([Answer(PDF, cut=900)], ["attempts"], "always cut short"),
]


@pytest.mark.parametrize(("answers", "named", "reason"), FAILURES)
def test_failures_name_address_and_reason(server, corpus, fetch, answers, named, reason):
    server.put(URL, *answers)
    (came,) = fetch(corpus(rule=URL))
    for part in named:
        assert part in came.notice, reason


def test_one_failure_never_stops_the_rest(server, corpus, fetch):
    other = "https://www.govinfo.gov/B.pdf"
    server.put(URL, Answer(status=500))
    server.put(other, PDF)
    folder = corpus(broken=URL, rule=other)
    assert [came.status for came in fetch(folder)] == ["failed", "fetched"]
    assert list(_retained(folder)) == ["rule"]


def test_a_failure_leaves_the_file_of_before(server, corpus, fetch):
    server.put(URL, PDF)
    folder = corpus(rule=URL)
    fetch(folder)
    server.put(URL, Answer(status=500))
    (came,) = fetch(folder)
    assert (came.status, came.sha256) == ("failed", hashlib.sha256(PDF).hexdigest())
    assert (folder / came.file).read_bytes() == PDF


def test_a_broken_download_is_resumed(server, corpus, fetch):
    headers = {"ETag": '"one"'}
    server.put(URL, Answer(PDF, headers=headers, cut=30_000, ranges=True), Answer(PDF, headers=headers, ranges=True))
    folder = corpus(rule=URL)
    (came,) = fetch(folder)
    assert came.resumed
    assert (folder / came.file).read_bytes() == PDF
    asked = server.asked[-1][1]
    assert asked["if-range"] == '"one"'
    assert 0 < int(asked["range"].removeprefix("bytes=").rstrip("-")) <= 30_000


def test_a_later_run_resumes_too(server, corpus, fetch):
    headers = {"ETag": '"one"'}
    server.put(URL, Answer(PDF, headers=headers, cut=30_000, ranges=True))
    folder = corpus(rule=URL)
    assert fetch(folder, patience={"attempts": 1})[0].status == "failed"
    assert not (folder / "official" / "rule.pdf").exists()
    server.put(URL, Answer(PDF, headers=headers, ranges=True))
    (came,) = fetch(folder)
    assert came.resumed and (folder / came.file).read_bytes() == PDF
    assert _left(folder) == []


WHOLE_AGAIN = [  # (first, second, reason)
    (Answer(PDF, headers={"ETag": '"one"'}, cut=9000), Answer(PDF, headers={"ETag": '"one"'}), "no byte ranges there"),
    (Answer(PDF, cut=9000, ranges=True), Answer(PDF, ranges=True), "nothing names the state of the part"),
    (
        Answer(PDF_2, headers={"ETag": '"one"'}, cut=9000, ranges=True),
        Answer(PDF, headers={"ETag": '"two"'}, ranges=True),
        "the document changed in between, so halves of two must not be joined",
    ),
    (
        Answer(PDF, headers={"ETag": 'W/"one"'}, cut=9000, ranges=True),
        Answer(PDF, headers={"ETag": 'W/"one"'}, ranges=True),
        "a weak ETag does not name bytes",
    ),
]


@pytest.mark.parametrize(("first", "second", "reason"), WHOLE_AGAIN)
def test_what_cannot_be_resumed_is_downloaded_whole(server, corpus, fetch, first, second, reason):
    server.put(URL, first, second)
    folder = corpus(rule=URL)
    (came,) = fetch(folder)
    assert (came.status, came.resumed) == ("fetched", False), reason
    assert (folder / came.file).read_bytes() == PDF


def test_a_part_beyond_the_end_is_dropped(server, corpus, fetch):
    server.put(URL, Answer(PDF, headers={"ETag": '"one"'}, ranges=True))
    folder = corpus(rule=URL)
    (folder / "official").mkdir()
    (folder / "official" / ".rule.pdf.part").write_bytes(PDF)
    note = {"url": URL, "state": '"one"'}
    (folder / "official" / ".rule.pdf.part.json").write_text(json.dumps(note), encoding="utf-8")
    (came,) = fetch(folder)
    assert came.status == "fetched" and (folder / came.file).read_bytes() == PDF


def test_redirects_to_allowed_hosts_are_followed_and_reported(server, corpus, fetch):
    there = "https://www.govinfo.gov/moved.pdf"
    server.put(URL, Answer(status=301, headers={"Location": "/moved.pdf"}))
    server.put(there, PDF)
    (came,) = fetch(corpus(rule=URL))
    assert (came.status, came.redirects, came.final_urls) == ("fetched", ((URL, there),), (there,))


REFUSED = [  # (Location, what the notice names, reason)
    ("https://evil.example/A.pdf", "evil.example is not in allowed_hosts.toml", "another host"),
    ("https://www.govinfo.gov.evil.example/A.pdf", "www.govinfo.gov.evil.example", "a name that only begins like one"),
    ("http://www.govinfo.gov/A.pdf", "only plain https", "without encryption"),
    ("https://user:word@www.govinfo.gov/A.pdf", "only plain https", "a name and password inside"),
    ("https://www.govinfo.gov:8443/A.pdf", "only plain https", "another port"),
    ("file:///etc/hosts", "refused", "a local file"),
    ("", "redirects to nowhere", "no address"),
    ("https://www.govinfo.gov:port/A.pdf", "is not an address", "a broken address"),
    ("/content/pkg/A/pdf/A.pdf", "redirects more than 5 times", "in a circle"),
]


@pytest.mark.parametrize(("location", "named", "reason"), REFUSED)
def test_redirects_elsewhere_are_refused(server, corpus, fetch, location, named, reason):
    server.put(URL, Answer(status=302, headers={"Location": location}))
    (came,) = fetch(corpus(rule=URL))
    assert came.status == "failed" and named in came.notice, reason
    assert set(server.addresses()) == {URL}, "nothing else is asked"


def test_a_broken_address_never_stops_the_rest(server, corpus, fetch):
    server.put(URL, PDF)
    folder = corpus(broken="https://www.govinfo.gov:x/A.pdf", rule=URL)
    assert [(came.status, "not an address" in came.notice) for came in fetch(folder)] == [
        ("failed", True),
        ("fetched", False),
    ]


def test_a_host_that_is_not_allowed_is_not_asked(server, corpus, fetch):
    (came,) = fetch(corpus(rule="https://example.org/A.pdf"))
    assert came.status == "failed" and "example.org is not in allowed_hosts.toml" in came.notice
    assert server.asked == []


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_too_large_is_not_retained(server, corpus, fetch, announced):
    server.put(URL, Answer(PDF, cut=None if announced else 40_000))
    (came,) = fetch(folder := corpus(rule=URL), patience={"megabytes": 0.02})
    assert came.status == "failed" and "20,000" in came.notice
    assert _left(folder) == []


def test_a_dated_address_gets_the_date_that_the_ecfr_has_reached(server, corpus, fetch):
    address = f"{FULL}{{date}}/title-8.xml?part=214&section=214.14"
    titles = [{"number": 8, "latest_issue_date": "2026-11-12", "up_to_date_as_of": "2026-11-18"}]
    server.put(TITLES, json.dumps({"titles": titles}).encode())
    for day in ("2026-11-12", "2026-11-18"):
        server.put(f"{FULL}{day}/title-8.xml?part=214&section=214.14", XML)
    folder = corpus(one_xml=address, two_xml=address)
    assert [came.status for came in fetch(folder)] == ["fetched", "fetched"]
    assert server.addresses().count(TITLES) == 1, "asked once in a run"
    assert _retained(folder)["one_xml"]["urls"][0].startswith(f"{FULL}2026-11-18/")


def test_a_date_that_is_still_imported_gives_way_to_the_issue_before(server, corpus, fetch):
    titles = [{"number": 8, "latest_issue_date": "2026-11-12", "up_to_date_as_of": "2026-11-18"}]
    server.put(TITLES, json.dumps({"titles": titles}).encode())
    server.put(f"{FULL}2026-11-12/title-8.xml?part=214", XML)
    (came,) = fetch(corpus(one_xml=f"{FULL}{{date}}/title-8.xml?part=214"))
    assert came.status == "fetched" and "2026-11-12" in came.final_urls[0]


TITLE_LISTS = [  # (titles.json, what the notice names, reason)
    (b'{"titles": []}', "names no date", "the title is not in the list"),
    (b'{"titles": [{"number": 8, "up_to_date_as_of": null}]}', "names no date", "a reserved title has no date"),
    (b'{"titles": [{"number": 8, "up_to_date_as_of": "../etc"}]}', "names no date", "a date that is not one"),
    (b'{"error": "x"}', "not the list of titles", "another shape"),
    (b"<html></html>", "titles.json", "not JSON at all"),
]


@pytest.mark.parametrize(("body", "named", "reason"), TITLE_LISTS)
def test_a_list_of_titles_that_is_no_use(server, corpus, fetch, body, named, reason):
    server.put(TITLES, body)
    (came,) = fetch(corpus(one_xml=f"{FULL}{{date}}/title-8.xml?part=214"))
    assert came.status == "failed" and named in came.notice, reason


def test_chapter_pages_are_joined_in_order(server, corpus, fetch):
    addresses = [f"https://www.uscis.gov/policy-manual/volume-3-part-b-chapter-{number}" for number in (1, 2, 10)]
    for number, address in enumerate(addresses):
        server.put(address, PAGE % b"chapter %d" % number)
    folder = corpus(manual_html=addresses)
    (came,) = fetch(folder)
    text = (folder / came.file).read_text(encoding="utf-8")
    assert [text.index(f'data-page="{address}"') for address in addresses] == sorted(
        text.index(f'data-page="{address}"') for address in addresses
    )
    assert [text.count(f"<p>chapter {number}</p>") for number in range(3)] == [1, 1, 1]
    assert fetch(folder)[0].status == "unchanged"
    assert _left(folder) == []


def test_a_part_with_a_missing_chapter_is_not_retained(server, corpus, fetch):
    addresses = [f"https://www.uscis.gov/policy-manual/volume-3-part-b-chapter-{number}" for number in (1, 2)]
    server.put(addresses[0], PAGE % b"chapter 1")
    (came,) = fetch(folder := corpus(manual_html=addresses))
    assert came.status == "failed" and "chapter-2" in came.notice
    assert not (folder / came.file).exists()


def test_an_interruption_leaves_no_half_file(server, corpus, fetch):
    server.put(URL, Answer(PDF, headers={"ETag": '"one"'}, ranges=True))
    folder = corpus(rule=URL)

    def interrupt(name, done, expected):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(folder, progress=interrupt)
    assert not (folder / "official" / "rule.pdf").exists()
    assert not (folder / "official" / FETCHED).exists()
    (came,) = fetch(folder)
    assert came.status == "fetched" and (folder / came.file).read_bytes() == PDF


def test_progress_tells_what_came_of_what(server, corpus, fetch):
    server.put(URL, PDF)
    told = []
    fetch(corpus(rule=URL), progress=lambda *step: told.append(step))
    assert told[-1] == ("rule", len(PDF), len(PDF))
    assert [step[1] for step in told] == sorted(step[1] for step in told)


def test_two_fetches_do_not_write_to_one_folder(server, corpus):
    server.put(URL, PDF)
    folder = corpus(rule=URL, more="https://www.govinfo.gov/B.pdf")
    with make_client(Patience(), server.transport()) as client:
        first = fetch_sources(folder, client=client, hosts=HOSTS)
        next(first)
        with pytest.raises(PinpointError, match="Another fetch"):
            list(fetch_sources(folder, client=client, hosts=HOSTS))
        first.close()


USAGE = [  # (sources, only, what the error names, reason)
    ({"rule": URL}, ["rul"], ["'rul'", "Known are: rule"], "an id that is not listed"),
    ({}, [], ["no official sources", "[[source]]"], "a manifest without sources"),
]


@pytest.mark.parametrize(("sources", "only", "named", "reason"), USAGE)
def test_usage_errors(corpus, sources, only, named, reason):
    with pytest.raises(ManifestError) as caught:
        fetch_sources(corpus(**sources), only=only)
    for part in named:
        assert part in str(caught.value), reason


def test_only_the_named_sources_are_fetched(server, corpus, fetch):
    server.put(URL, PDF)
    folder = corpus(rule=URL, other="https://www.govinfo.gov/B.pdf")
    assert [came.id for came in fetch(folder, only=["rule", "rule"])] == ["rule"]
    assert server.addresses() == [URL]


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 9, "sources": {}}', '{"format": 1, "sources": {"a": {}}}'])
def test_a_damaged_record_is_named_with_its_remedy(corpus, text):
    folder = corpus(rule=URL)
    (folder / "official").mkdir()
    (folder / "official" / FETCHED).write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"fetched\.json.*(Remove it|Update)"):
        fetch_sources(folder)


def test_what_is_fetched_is_indexed_under_its_citations(server, tmp_path, fetch, make_embedder):
    part = "https://www.uscis.gov/policy-manual/volume-3-part-b"
    link = f'<link rel="canonical" href="{part}-chapter-1">'
    body = "<main><h1>Chapter 1 - Purpose</h1><h2>A. Purpose</h2><p>Why.</p></main>"
    page = f"<html><head>{link}</head><body>{body}</body></html>"
    server.put(f"{part}-chapter-1", page.encode())
    server.put(f"{part}-chapter-2", page.replace("Chapter 1 - Purpose", "Chapter 2 - Eligibility").encode())
    server.put(f"{FULL}2024-08-27/title-8.xml?part=214", XML)
    (tmp_path / "manifest.toml").write_text(
        '[[source]]\nid = "rule"\nfile = "official/rule.xml"\ntitle = "Rule"\ncited_as = "8 CFR"\n'
        f'url = "{FULL}2024-08-27/title-8.xml?part=214"\n'
        '[[source]]\nid = "manual"\nfile = "official/manual.html"\ntitle = "Manual"\ncited_as = "3 USCIS-PM B"\n'
        f'url = "{part}"\nurls = ["{part}-chapter-1", "{part}-chapter-2"]\n',
        encoding="utf-8",
    )
    assert [came.status for came in fetch(tmp_path)] == ["fetched", "fetched"]
    result = ingest_corpus(tmp_path, tmp_path / "build", embedder=make_embedder(), progress=lambda *_: None)
    assert [record.status for record in result.records if record.document_id] == ["read", "read"]
    cited = {row.citation for name in ("rule", "manual") for row in load_parsed(result.generation, name).sections}
    assert {"8 CFR 214.14(a)", "3 USCIS-PM B.1(A)", "3 USCIS-PM B.2(A)"} <= cited
    held = {name: load_parsed(result.generation, name).document.current_to for name in ("rule", "manual")}
    assert held == {"rule": date(2024, 8, 27), "manual": date.today()}, "the day of the address, and of the download"


# The command.


@pytest.fixture
def command(server, monkeypatch):
    """``command(folder, …)``: the command line, over the local server and without waiting."""

    def run(folder, *arguments, sleep=lambda _: None):
        patience = Patience(timeout=5)
        client = make_client(patience, server.transport())
        options = {"client": client, "hosts": HOSTS, "patience": patience, "sleep": sleep}
        monkeypatch.setattr(
            "ingest.commands.fetch.fetch_sources", lambda corpus, **given: fetch_sources(corpus, **given, **options)
        )
        try:
            return CliRunner().invoke(main, ["fetch", "--corpus", str(folder), *arguments])
        finally:
            client.close()

    return run


def test_exit_codes(server, corpus, command):
    folder = corpus(rule=URL)
    assert command(folder, "--only", "nothing").exit_code == 2
    server.put(URL, Answer(status=404))
    assert command(folder).exit_code == 3
    server.put(URL, PDF)
    assert command(folder).exit_code == 0
    assert command(folder).exit_code == 0
    server.put(URL, PDF_2)
    assert command(folder).exit_code == 4


def test_the_manifest_of_the_index_is_the_one_that_is_fetched_by(server, corpus, command, tmp_path):
    """The folder's own was, although the index had been made by another."""
    folder = corpus(rule=URL)
    other = tmp_path / "elsewhere.toml"
    other.write_text((folder / "manifest.toml").read_text("utf-8").replace("rule", "law"), encoding="utf-8")
    server.put(URL, PDF)
    index_dir = tmp_path / "index"
    index_dir.mkdir()
    remember_corpus(index_dir, folder, other)
    assert command(folder, "--index", str(index_dir)).exit_code == 0
    assert (folder / "official" / "law.pdf").exists() and not (folder / "official" / "rule.pdf").exists()
    remember_corpus(index_dir, tmp_path / "another", other)
    assert command(folder, "--index", str(index_dir)).exit_code == 0
    assert (folder / "official" / "rule.pdf").exists(), "that index is of another folder"
    assert command(folder, "--manifest", str(other), "--only", "rule").exit_code == 2


def test_the_help_names_options_and_exit_codes():
    text = CliRunner().invoke(main, ["fetch", "--help"]).output
    for part in ("--only", "--corpus", "--json", "Exit codes: 0", "2 usage", "3 some", "4 none", "130", "_hosts.toml"):
        assert part in text
    assert "fetch" in CliRunner().invoke(main, ["--help"]).output


def test_an_interrupted_command_says_so(server, corpus, command):
    def interrupt(seconds):
        raise KeyboardInterrupt

    server.put(URL, Answer(status=500))
    result = command(corpus(rule=URL), sleep=interrupt)
    assert result.exit_code == 130 and "Interrupted" in result.stderr


def test_json_is_for_machines(server, corpus, command):
    server.put(URL, PDF)
    report = json.loads(command(corpus(rule=URL, lost="https://www.govinfo.gov/B.pdf"), "--json").stdout)
    assert report["counts"] == {"fetched": 1, "failed": 1}
    first, second = report["sources"]
    assert (first["id"], first["status"], first["bytes"], first["final_urls"]) == ("rule", "fetched", len(PDF), [URL])
    assert "status 404" in second["notice"]


# Hosts, completeness and who may import what.


def test_the_shipped_list_holds_official_hosts_only():
    hosts = load_allowed_hosts()
    assert {"www.ecfr.gov", "www.govinfo.gov", "www.uscis.gov", "www.dhs.gov", "uscode.house.gov"} <= hosts
    assert all(host.endswith(".gov") for host in hosts)


@pytest.mark.parametrize("text", ["hosts = 1", "hosts = [1]", "", "more = 1\nhosts = []", "hosts = ["])
def test_a_wrong_list_of_hosts_is_named(tmp_path, text):
    (tmp_path / "hosts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"hosts\.toml"):
        load_allowed_hosts(tmp_path / "hosts.toml")


def test_host_names_are_compared_whole_and_without_regard_to_case():
    check_address(httpx2.URL("https://WWW.GOVINFO.GOV/A.pdf"), HOSTS)
    for address in ("https://govinfo.gov/", "https://www.govinfo.gov./", "https://evil.example/?www.govinfo.gov"):
        with pytest.raises(FetchFailed):
            check_address(httpx2.URL(address), HOSTS)


DEFECTS = [  # (suffix, content, cut off (None: whole), reason)
    (".pdf", PDF, None, "a whole PDF"),
    (".pdf", b"\n" + PDF + b"\n\n", None, "white space around it"),
    (".pdf", PDF[:-6], True, "no end mark"),
    (".pdf", PAGE, False, "a web page"),
    (".xml", XML, None, "well-formed"),
    (".xml", XML[:-5], True, "cut off"),
    (".xml", b"<html><body/></html>", False, "a web page that is well-formed"),
    (".xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", False, "the same with a namespace"),
    (".html", PAGE, None, "a page"),
    (".html", PAGE[:-9], True, "a page cut off"),
    (".html", PDF, False, "a PDF instead of a page"),
    (".docx", b"PK\x03\x04 and then nothing", True, "half a package"),
    (".txt", b"Text.", None, "plain text has no end mark"),
    (".txt", b"", True, "nothing"),
]


@pytest.mark.parametrize(("suffix", "content", "cut_off", "reason"), DEFECTS)
def test_completeness(tmp_path, suffix, content, cut_off, reason):
    file = tmp_path / "file"
    file.write_bytes(content)
    defect = find_defect(file, suffix)
    assert (defect and defect.cut_off) == cut_off, reason


def test_nothing_but_fetch_a_language_model_and_a_cluster_goes_to_the_network():
    """Fetch, the endpoint of a language model and an index on a cluster have clients; the app fetches in one part."""
    in_the_app = {"ui/components/library/official.py", "ui/html/library/sources.py", "ui/state/fetches.py"}
    packages = ("index", "answer", "evaluation", "ui", "ingest")
    files = [file for package in packages for file in (ROOT / package).rglob("*.py")]
    clients = {"httpx", "httpx2", "requests", "urllib3", "opensearchpy"}
    for file in [*files, ROOT / "app.py"]:
        if file.parent == ROOT / "ingest" / "sources" or file == ROOT / "ingest" / "commands" / "fetch.py":
            continue
        names = _imported(file)
        used = {name.partition(".")[0] for name in names} & clients
        of_cluster = used <= {"urllib3", "opensearchpy"} and file.is_relative_to(ROOT / "index" / "cluster")
        assert not used or of_cluster or file == ROOT / "answer" / "summary" / "endpoint.py", file
        fetches = any(name.startswith("ingest.sources") for name in names)
        assert not fetches or file.relative_to(ROOT).as_posix() in in_the_app, file


def _imported(file):
    """Modules that a file imports, wherever in it."""
    names = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


def test_transcript(server, corpus, command, slept):
    """What a person sees; ``pytest tests/ingest/sources/test_fetch.py -k transcript -s`` shows it."""
    moved, lost, elsewhere = (f"https://www.govinfo.gov/{name}.pdf" for name in ("moved", "lost", "elsewhere"))
    server.put(URL, Answer(status=429, headers={"Retry-After": "3"}), Answer(PDF, headers={"ETag": '"1"'}))
    server.put(moved, Answer(status=301, headers={"Location": URL.replace("A.pdf", "B.pdf")}))
    half = replace(cut := Answer(PDF_2, headers={"ETag": '"b"'}, ranges=True), cut=30_000)
    server.put(URL.replace("A.pdf", "B.pdf"), half, cut)
    server.put(elsewhere, Answer(status=302, headers={"Location": "https://evil.example/x.pdf"}))
    titles = {"titles": [{"number": 8, "latest_issue_date": "2026-11-12", "up_to_date_as_of": "2026-11-18"}]}
    server.put(TITLES, json.dumps(titles).encode())
    server.put(f"{FULL}2026-11-18/title-8.xml?part=214", XML)
    folder = corpus(
        rule=URL, moved=moved, lost=lost, elsewhere=elsewhere, ecfr_xml=f"{FULL}{{date}}/title-8.xml?part=214"
    )
    first = command(folder, sleep=slept.append)
    server.put(URL, Answer(PDF_2, headers={"ETag": '"2"'}))
    second = command(folder, sleep=slept.append)
    print(f"\n$ python -m ingest fetch\n{first.stdout}exit code {first.exit_code}; seconds waited: {slept}\n")
    print(f"$ python -m ingest fetch    # later\n{second.stdout}exit code {second.exit_code}")
    assert (first.exit_code, second.exit_code) == (3, 3)
    for expected in ("fetched   rule", "redirected", "resumed", "status 404", "evil.example is not in", "2 failed"):
        assert expected in first.stdout
    assert "changed   rule" in second.stdout and "unchanged ecfr_xml" in second.stdout


def test_lines_hold_what_happened(server, corpus, fetch):
    server.put(URL, Answer(status=500), PDF)
    (came,) = fetch(corpus(rule=URL))
    assert list(fetch_lines(came)) == [f"fetched   rule  official/rule.pdf, {len(PDF):,} bytes, 2 requests"]
