"""The first run: that only digests are held is said, and one step gets the official texts; nothing leaves in tests."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from streamlit.testing.v1 import AppTest

from access.gate import Exposure
from access.sign_in import Person
from ingest.sources.download import Patience
from ingest.sources.runs import NO_NETWORK
from tests.ui.driver import go, new_app, press, shown
from ui.server import accounts
from ui.state import fetches, ingests

pytestmark = pytest.mark.usefixtures("fresh_app")
RULE = b"%PDF-1.7\n" + b"a rule in force\n" * 400 + b"%%EOF\n"
DIGEST = "# Digest of a rule\n\n## 1. Hardship\n\nThe person must show extreme hardship.\n"
STEP = "Get the official texts"


@pytest.fixture
def digests(tmp_path: Path, run_ingest: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one digest, indexed, whose manifest lists two official sources."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "digest.md").write_text(DIGEST, encoding="utf-8")
    (corpus / "manifest.toml").write_text(
        '[[document]]\nid = "digest"\nfile = "digest.md"\ntitle = "Digest: a rule"\n'
        'publisher = "Pinpoint project (unofficial digest)"\nkind = "training"\n'
        + "".join(
            f'[[source]]\nid = "{name}"\nfile = "official/{name}.pdf"\ntitle = "The rule {name}"\nkind = "regulation"\n'
            f'url = "https://www.govinfo.gov/{name}.pdf"\n'
            for name in ("one", "two")
        ),
        encoding="utf-8",
    )
    run_ingest(corpus, tmp_path / "index")
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.delenv("PINPOINT_UPLOADS", raising=False)
    monkeypatch.setattr(fetches, "PATIENCE", Patience(attempts=1, between=0.0))
    monkeypatch.setattr(ingests, "read_folder", lambda _, added: read.append(tuple(added)) or "")
    read: list[tuple[str, ...]] = []
    fetches.runs_of.cache_clear()
    yield corpus
    fetches.runs_of.cache_clear()
    assert all(read), "a folder is read only when something has come"


def serve(monkeypatch: pytest.MonkeyPatch, answer: Callable[[httpx2.Request], httpx2.Response]) -> list[str]:
    asked: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return answer(request)

    monkeypatch.setattr(fetches, "new_transport", lambda: httpx2.MockTransport(handle))
    return asked


def one_of_two(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, content=RULE) if request.url.path == "/one.pdf" else httpx2.Response(404)


def finished(app: AppTest, corpus: Path) -> str:
    run = fetches.runs_of(corpus).last
    assert run is not None
    run.wait(20)
    return shown(app.run())


def test_digests_alone_are_said_to_be_no_law(digests):
    page = shown(new_app().run())
    assert "The document here is an unofficial digest" in page and "must not be cited" in page


def test_the_notice_is_for_digests_alone(tiny_index_dir, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    app = new_app().run()
    assert "unofficial digest" not in shown(app) and STEP not in [one.label for one in app.button]


OTHERS = [  # (file beside the digest, whether the notice is there, reason)
    ("own.md", True, "a document of one's own is no official text"),
    ("official/one.md", False, "an official text is there"),
]


@pytest.mark.parametrize(("file", "there", "reason"), OTHERS, ids=[row[-1] for row in OTHERS])
def test_the_notice_stays_until_an_official_text_is_there(digests, tmp_path, run_ingest, file, there, reason):
    """It went as soon as one document of one's own was added."""
    (digests / "official").mkdir()
    (digests / file).write_text("# Local policy\n\n## 1. Ledger\n\nThe office keeps a ledger.\n", encoding="utf-8")
    manifest = digests / "manifest.toml"
    listed = manifest.read_text(encoding="utf-8").replace("official/one.pdf", "official/one.md")
    own = f'[[document]]\nid = "own"\nfile = "{file}"\ntitle = "Local"\nkind = "memo"\n' if there else ""
    manifest.write_text(own + listed, encoding="utf-8")
    run_ingest(digests, tmp_path / "index")
    app = new_app().run()
    assert ("1 of the 2 documents here is an unofficial digest" in shown(app)) is there, reason
    assert (STEP in [one.label for one in app.button]) is there


def test_one_step_fetches_with_progress_and_says_what_is_held(digests, monkeypatch):
    asked = serve(monkeypatch, one_of_two)
    app = new_app().run()
    press(app, STEP)
    app = go(app, "library")
    page = shown(app, scripts=True)
    assert "0 of 2 official texts are held" in page and "www.govinfo.gov" in page and page.count(">Not fetched<") == 2
    assert not asked, "nothing is asked before the button on this page is pressed"
    press(app, STEP)
    page = finished(app, digests)
    assert asked == ["https://www.govinfo.gov/one.pdf", "https://www.govinfo.gov/two.pdf"]
    assert "1 of 2 official texts is held" in page and "1 fetched, 1 failed" in page
    assert ">Held<" in page and "Not indexed yet. Fetched" in page and "status 404" in page
    assert (digests / "official" / "one.pdf").read_bytes() == RULE
    assert {"Get the 1 text that is not held", "Refresh 1 text"} <= {one.label for one in app.button}
    press(app, "Refresh 1 text")
    finished(app, digests)
    assert asked[2:] == ["https://www.govinfo.gov/one.pdf"]


def test_without_network_it_says_so_and_the_rest_works(digests, monkeypatch):
    def refuse(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route")

    serve(monkeypatch, refuse)
    app = go(new_app().run(), "library")
    press(app, STEP)
    page = finished(app, digests)
    assert NO_NETWORK in page and "The fetch failed" in page and "0 of 2 official texts are held" in page
    assert "an unofficial digest" in shown(go(app, ""))


MAY = [  # (who, exposure, uploads, whether the button is there, reason)
    (Person("", "administrator"), Exposure(), "", True, "alone on this machine"),
    (Person("", "administrator"), Exposure(address="0.0.0.0", opened=True), "", False, "anybody on the network"),  # noqa: S104
    (Person("", "administrator"), Exposure(address="0.0.0.0", opened=True), "1", True, "who may add documents too"),  # noqa: S104
    (Person("", "administrator"), Exposure(opened=True), "", False, "behind a proxy that lets others in"),
    (Person("a@b", "administrator"), Exposure(signs_in=True), "", True, "a signed-in administrator"),
    (Person("a@b", "reader"), Exposure(signs_in=True), "1", False, "a reader"),
]


@pytest.mark.parametrize(("person", "exposure", "uploads", "may", "reason"), MAY, ids=[row[-1] for row in MAY])
def test_who_may_fetch(digests, monkeypatch, person, exposure, uploads, may, reason):
    asked = serve(monkeypatch, one_of_two)
    monkeypatch.setenv("PINPOINT_UPLOADS", uploads)
    monkeypatch.setattr(accounts, "person", lambda: person)
    monkeypatch.setattr(accounts, "exposure", lambda: exposure)
    app = go(new_app().run(), "library")
    assert (STEP in [one.label for one in app.button]) is may, reason
    assert ("An administrator gets them" in shown(app)) is not may
    assert ('data-pp="fetch-source"' in shown(app)) is may
    assert not asked


def test_a_manifest_that_is_wrong_is_said(digests):
    app = new_app().run()
    (digests / "manifest.toml").write_text("wrong =", encoding="utf-8")
    page = shown(go(app, "library"))
    assert "is not valid TOML" in page and 'id="add-documents"' in page
