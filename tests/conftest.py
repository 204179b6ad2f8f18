"""Shared fixtures: a small corpus in every format, an index of it, an embedder without weights."""

import contextlib
import functools
import json
import os
import pickle
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest
from filelock import FileLock
from hypothesis import settings
from reportlab.pdfgen.canvas import Canvas

from answer.assistant import Assistant
from index.generations.read import current_generation
from index.generations.rows import load_documents, load_parsed
from index.generations.write import write_generation
from index.models.embedding import Vectors
from index.records import IndexConfig
from index.search import HybridIndex, load_index
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.readers.registry import read_document
from ingest.records import Reading
from ingest.workers import Limits
from pinpoint.records import ParsedDocument

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A machine under load must not fail a property for its time; pytest-timeout ends what hangs.
settings.register_profile("pinpoint", deadline=None, max_examples=60)
settings.load_profile("pinpoint")

MANIFEST = """\
[[document]]
id = "rule-now"
file = "rules/8cfr-214-subpart-c.md"
title = "8 CFR Part 214 Subpart C: T Nonimmigrant Status"
publisher = "U.S. Department of Homeland Security"
kind = "regulation"
collection = "T visa"
cited_as = "8 CFR"
effective_from = 2024-08-28
supersedes = ["rule-old"]

[[document]]
id = "rule-old"
file = "rules/8cfr-214-11.txt"
title = "8 CFR 214.11: T Nonimmigrant Status (as in force before August 28, 2024)"
publisher = "U.S. Department of Homeland Security"
kind = "regulation"
collection = "T visa"
cited_as = "8 CFR"
effective_from = 2017-01-18
effective_to = 2024-08-28

[[document]]
id = "statute"
file = "statutes/8usc-1184.md"
title = "8 U.S.C. 1184: Admission of nonimmigrants"
publisher = "U.S. Congress"
kind = "statute"
collection = "T visa"
cited_as = "8 U.S.C."

[[document]]
id = "manual"
file = "manual/vol3-part-b.html"
title = "USCIS Policy Manual, Volume 3, Part B"
publisher = "U.S. Citizenship and Immigration Services"
kind = "policy-manual"
collection = "Policy Manual"
cited_as = "3 USCIS-PM B"

[[document]]
id = "training"
file = "training/interviews.docx"
title = "Interviewing victims: training material"
publisher = "Blue Campaign"
kind = "training"
collection = "Training"

[[document]]
id = "review"
file = "reviews/qhsr.md"
title = "Quadrennial Homeland Security Review"
publisher = "U.S. Department of Homeland Security"
kind = "review"
collection = "QHSR"
effective_from = 2023-04-20

[[crosswalk]]
old = "8 CFR 214.11(b)"
new = "8 CFR 214.202"
effective = 2024-08-28
authority = "89 FR 34864"

[[crosswalk]]
old = "8 CFR 214.11(d)"
new = "8 CFR 214.204"
effective = 2024-08-28
authority = "89 FR 34864"
"""

LEDGER = ("Officers shall keep a quetzal ledger for each referral.", "The ledger is closed after seven years.")

RULE_NOW = """\
# Subpart C—Noncitizen Victims of Severe Forms of Trafficking in Persons

## § 214.200 Scope of this subpart.

This subpart governs the submission and adjudication of an application for T nonimmigrant status.

## § 214.201 Definitions.

As used in this section the term:

*Coercion* means threats of serious harm to or physical restraint against any person.

*Law Enforcement Agency (LEA)* means a Federal, State, Tribal, or local law enforcement agency, prosecutor, judge, or \
labor agency.

## § 214.202 Eligibility for T-1 nonimmigrant status.

An applicant is eligible for T-1 nonimmigrant status under section 101(a)(15)(T)(i) of the Act if they demonstrate all \
of the following, subject to section 214(o) of the Act:

(a) *Victim.* The applicant is or has been a victim of a severe form of trafficking in persons, according to § 214.206.

(b) *Physical presence.* The applicant is physically present in the United States, American Samoa, or the Commonwealth \
of the Northern Mariana Islands, according to § 214.207.

(c) *Compliance with any reasonable request for assistance.* The applicant has complied with any reasonable request \
for assistance from law enforcement or meets one of the conditions described below.

(1) *Exemption for minor victims.* An applicant who was under 18 years of age at the time at least one act of \
trafficking occurred is not required to comply with any reasonable request for assistance.

(2) *Exception for trauma.* An applicant who, due to physical or psychological trauma, is unable to cooperate with a \
reasonable request for assistance from law enforcement is not required to comply with such reasonable request.

(d) *Hardship.* The applicant would suffer extreme hardship involving unusual and severe harm upon removal, according \
to § 214.209.

(e) *Prohibition against traffickers in persons.* No applicant is eligible to receive T nonimmigrant status if there \
is substantial reason to believe that the applicant has committed an act of a severe form of trafficking in persons.

## § 214.204 Application.

(a) *Jurisdiction.* USCIS has sole jurisdiction over all applications for T nonimmigrant status.

(b) *Filing.* An applicant must submit the application on the form designated by USCIS.

(1) *Signed statement.* The application must include a signed personal statement that describes:

(i) The acts of trafficking, and when and where they took place; and

(ii) The response of the applicant to each request of a law enforcement agency.

(2) *Evidence.* USCIS will consider any credible evidence relevant to the application.

(c) *Bona fide determination.* Once an application is complete, USCIS determines whether it is bona fide.

## § 214.206 Victim of a severe form of trafficking in persons.

The applicant must submit evidence that demonstrates that they are or were a victim, as described in § 214.204(b)(2).
"""

RULE_OLD = """\
§ 214.11 Alien victims of severe forms of trafficking in persons.

(a) Definitions. Coercion means threats of serious harm to any person.

(b) Eligibility for T-1 status. An alien is eligible for T-1 nonimmigrant status if he or she demonstrates all of the
following, subject to section 214(o) of the Act:

(1) The alien is or has been a victim of a severe form of trafficking in persons.

(2) The alien is physically present in the United States or at a port-of-entry thereto.

(3) Exemption for minors. An alien under 18 years of age is not required to comply with any reasonable request.

(c) Aliens ineligible for T nonimmigrant status. No alien is eligible if there is reason to believe that the alien has
committed an act of a severe form of trafficking in persons.

(d) Application procedures for T nonimmigrant status. USCIS has sole jurisdiction over all applications.

(1) Filing an application. An alien seeking T-1 nonimmigrant status must submit an application.
"""

STATUTE = """\
# Title 8—ALIENS AND NATIONALITY

## § 1184. Admission of nonimmigrants

(o) *Nonimmigrants guilty of trafficking in persons.*

(1) No alien shall be eligible for admission to the United States under section 1101(a)(15)(T) of this title if there \
is substantial reason to believe that the alien has committed an act of a severe form of trafficking in persons.

(2) The total number of aliens who may be issued visas or otherwise provided nonimmigrant status during any fiscal \
year under section 1101(a)(15)(T) of this title may not exceed 5,000.

(3) The numerical limitation of paragraph (2) shall only apply to principal aliens and not to the spouses, children, \
or parents of such aliens.
"""

MANUAL = """\
<!doctype html>
<html lang="en"><head><title>Volume 3, Part B</title><script>var track = 1;</script></head>
<body><nav>Skip to main content</nav><main>
<h1>Volume 3 - Humanitarian Protection and Parole</h1>
<h2>Part B - Victims of Trafficking</h2>
<h3>Chapter 2 - Eligibility Requirements</h3>
<h4>A. Victim of Trafficking</h4>
<p>The applicant must show that he or she was recruited, harbored, or transported for labor or commercial sex.
<sup>[1]</sup> Officers consider the totality of the evidence.</p>
<h4>B. Compliance with Requests</h4>
<h5>1. Contact with Law Enforcement</h5>
<p>An applicant should have at least one contact with a law enforcement agency.<sup>[2]</sup> The contact can be a
report by telephone.</p>
<p>In determining whether a request was reasonable, officers consider:</p>
<ul><li>The severity of the trauma suffered;</li><li>Whether an interpreter was present; and</li>
<li>The age of the victim.</li></ul>
<h4>C. Time Limits</h4>
<table><thead><tr><th>Status</th><th>Initial period</th></tr></thead>
<tbody><tr><td>T-1</td><td>4 years</td></tr>
<tr><td>T-2 spouse</td><td>Until the T-1 status ends</td></tr></tbody></table>
<h3>Footnotes</h3>
<ol class="footnotes"><li id="fn1">See <a href="#">22 U.S.C. 7102(11)</a>. See 8 CFR 214.201.</li>
<li id="fn2">See 8 CFR 214.202(c)(1). Minors are exempt from this requirement.</li></ol>
</main><footer>Was this page helpful?</footer></body></html>
"""

DIRECTIVE = """\
Department of Homeland Security
DHS Directives System
Directive Number: 112-01
Revision Number: 00
Issue Date: 04/10/2008

THE DIRECTIVES SYSTEM

I. Purpose

This directive establishes the policy of the Department for issuing directives and instructions.

II. Responsibilities

The Under Secretary for Management approves each directive before it is issued to the components.
"""

REVIEW = """\
# The Third Quadrennial Homeland Security Review

## Missions

The Department carries out six missions:

1. Counter terrorism and prevent threats.
2. Secure and manage our borders.
3. Administer the immigration system of the nation.
4. Secure cyberspace and critical infrastructure.
5. Build a resilient nation and respond to incidents.
6. Combat crimes of exploitation and protect victims.

## Mission 6

Crimes of exploitation include human trafficking and forced labor. The Department added this mission because such
crimes have grown in scope.
"""

_WORD = re.compile(r"[a-z0-9.-]+")
_DIM = 64


class FakeEmbedder:
    """Unit vectors from hashed word beginnings: equal words, equal direction; no weights, no network.

    Attributes:
        calls: How many texts each call of ``encode`` was given.
    """

    name = "fake"
    choice = "packaged"

    def __init__(self, digest: str = "fake-1") -> None:
        self.digest = digest
        self.calls: list[int] = []

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self.calls.append(len(texts))
        vectors = np.zeros((len(texts), _DIM), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                if len(word) > 3:
                    position = zlib.crc32(word[:6].encode())
                    vectors[row, position % _DIM] += 1 if position & 1024 else -1
            if not vectors[row].any():
                vectors[row, 0] = 1
        if progress:
            progress(len(texts), len(texts))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        return self.encode(texts, progress)


def _write_training(file: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Interviewing victims"
    document.add_heading("Interviewing victims", level=1)
    document.add_heading("Before the interview", level=2)
    document.add_paragraph("Choose a quiet room and explain the purpose of the interview in plain words.")
    document.add_paragraph("Arrange an interpreter who does not know the family.", style="List Bullet")
    document.add_paragraph("Offer breaks whenever the victim asks for them.", style="List Bullet")
    document.add_heading("Contacts", level=2)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, ("Office", "Telephone"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("National hotline", "1-888-373-7888"), strict=True):
        cell.text = text
    document.save(str(file))


def _write_corpus(folder: Path) -> None:
    texts = {
        "manifest.toml": MANIFEST,
        "README.md": "# About this folder\n",
        "rules/8cfr-214-subpart-c.md": RULE_NOW,
        "rules/8cfr-214-11.txt": RULE_OLD,
        "statutes/8usc-1184.md": STATUTE,
        "manual/vol3-part-b.html": MANUAL,
        "directives/112-01.txt": DIRECTIVE,
        "reviews/qhsr.md": REVIEW,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "training").mkdir()
    _write_training(folder / "training" / "interviews.docx")
    (folder / "scans").mkdir()
    (folder / "scans" / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is not a PDF\n%%EOF\n")


@pytest.fixture(autouse=True)
def _own_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that a test ran as an app is not the main module of the processes that a later test starts."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the index, the models or the settings that the person who runs it has in use."""
    writer = (f"PINPOINT_LLM_{name}" for name in ("URL", "MODEL", "KEY", "TIMEOUT"))
    retained = (
        f"PINPOINT_{name}"
        for name in (
            "AUDIT_LOG",
            "AUDIT_TEXT",
            "AUDIT_DAYS",
            "READERS",
            "ADMINISTRATORS",
            "SIGN_IN_HOURS",
            "GROUPS_CLAIM",
            "OPEN_NETWORK",
            "UPLOADS",
        )
    )
    for name in ("INDEX_DIR", "CORPUS_DIR", "EMBEDDING_MODEL", *writer, *retained):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _no_packaged_reranker() -> Iterator[None]:
    """No test depends on whether the re-ranking weights are installed, but those that ask for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.ranking.reranking.MODEL_PACKAGE", "reranker_that_is_not_installed")
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """No test cuts the power, so that none waits until what it wrote is on the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture
def ledger_corpus(tmp_path: Path) -> Path:
    """Two short documents, for tests that ingest several times."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("first", "second"):
        text = f"# {name} ledger\n\nThe quetzal ledger is the {name} one.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def fake_embedder() -> FakeEmbedder:
    """An embedder without weights, shared; see ``make_embedder`` for one of your own."""
    return FakeEmbedder()


@pytest.fixture
def make_embedder() -> type[FakeEmbedder]:
    """The class of ``fake_embedder``, for tests that count calls or change the digest."""
    return FakeEmbedder


@pytest.fixture(scope="session")
def pristine_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus, shared: read it, never change it."""
    folder = tmp_path_factory.mktemp("tiny") / "corpus"
    folder.mkdir()
    _write_corpus(folder)
    return folder


@pytest.fixture(scope="session")
def make_printed_corpus(pristine_corpus: Path) -> Callable[[Path], Path]:
    """``make_printed_corpus(FOLDER)``: a copy of the small corpus with a PDF file of one page."""

    def make(folder: Path) -> Path:
        shutil.copytree(pristine_corpus, folder)
        canvas = Canvas(str(folder / "ledger.pdf"), pagesize=(612, 792))
        for line, sentence in enumerate(LEDGER):
            canvas.drawString(90, 700 - 40 * line, sentence)
        canvas.showPage()
        canvas.save()
        with (folder / "manifest.toml").open("a", encoding="utf-8") as manifest:
            manifest.write(
                "\n[[document]]\nid = 'ledger'\nfile = 'ledger.pdf'\ntitle = 'Ledger Directive'\n"
                "kind = 'directive'\ncollection = 'Directives'\n"
            )
        return folder

    return make


@pytest.fixture
def tiny_corpus(pristine_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the small corpus that the test may change."""
    return Path(shutil.copytree(pristine_corpus, tmp_path / "corpus"))


@pytest.fixture(scope="session")
def run_ingest(fake_embedder: FakeEmbedder) -> Callable[..., IngestResult]:
    """``ingest_corpus`` without progress bars: ``run_ingest(corpus, index_dir, **settings)``."""

    def run(corpus: Path, index_dir: Path, **settings: Any) -> IngestResult:  # noqa: ANN401 - passed on
        settings = {"embedder": fake_embedder, "limits": Limits(seconds=120, processes=2), **settings}
        return ingest_corpus(corpus, index_dir, progress=lambda *_: None, **settings)

    return run


@pytest.fixture(scope="session")
def tiny_index_dir(
    pristine_corpus: Path, run_ingest: Callable[..., IngestResult], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Index folder of the small corpus, shared: search it, never write to it."""
    folder = tmp_path_factory.mktemp("tiny-index") / "index"
    run_ingest(pristine_corpus, folder)
    return folder


@pytest.fixture(scope="session")
def tiny_index(tiny_index_dir: Path, fake_embedder: FakeEmbedder) -> HybridIndex:
    """The index of the small corpus, opened."""
    return load_index(tiny_index_dir, fake_embedder)


@pytest.fixture(scope="session")
def tiny_parsed(tiny_index_dir: Path) -> list[ParsedDocument]:
    """The parsed documents of the small corpus."""
    folder = current_generation(tiny_index_dir)
    return [load_parsed(folder, name) for name in load_documents(folder)]


@pytest.fixture
def write_tiny(tmp_path: Path, make_embedder: type[FakeEmbedder]) -> Callable[..., Path]:
    """``write_tiny(documents)``: a generation of them in ``tmp_path / "index"``; ``embedder`` may be given."""

    def run(documents: Sequence[ParsedDocument], embedder: FakeEmbedder | None = None) -> Path:
        return write_generation(
            tmp_path / "index",
            corpus=documents,
            crosswalk=(),
            embedder=embedder or make_embedder(),
            config=IndexConfig(),
            intake={"files": [], "seconds": 0.0},
            progress=lambda *_: None,
        )

    return run


@pytest.fixture(scope="session")
def tiny_assistant(tiny_index: HybridIndex) -> Assistant:
    """An assistant over the small corpus."""
    return Assistant(tiny_index)


@pytest.fixture(scope="session")
def hit_fields() -> set[str]:
    """Fields of a hit that other people's scripts rest on; the index may add to them."""
    return {
        "rank",
        "score",
        "passage_id",
        "document_id",
        "source_file",
        "title",
        "kind",
        "section",
        "section_path",
        "page",
        "page_label",
        "start",
        "end",
        "text",
        "effective_from",
        "effective_to",
        "in_force",
    }


@pytest.fixture(scope="session")
def real_corpus() -> Path:
    """The real documents, where the repository is checked out beside them."""
    folder = ROOT.parent / "shared" / "corpus-real"
    if not folder.is_dir():
        pytest.skip(f"the real documents are not in {folder}")
    return folder


@pytest.fixture(scope="session")
def read_real(real_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    """``read_real(file)``: the reading of a real document, made once in a run, however many processes share the run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "readings"
    folder.mkdir(exist_ok=True)

    def read(file: str) -> Reading:
        if not (real_corpus / file).is_file():
            pytest.skip(f"{file} is not among the real documents")
        retained = folder / f"{file.replace('/', '-')}.pickle"
        with FileLock(f"{retained}.lock"):
            if not retained.exists():
                retained.write_bytes(pickle.dumps(read_document(real_corpus / file)))
        return pickle.loads(retained.read_bytes())

    return read


@dataclass(frozen=True, slots=True)
class RunningApp:
    """The app in a process of its own.

    Attributes:
        address: Where it serves, without a slash at the end.
        log: What it writes.
    """

    address: str
    log: Path


@pytest.fixture
def fresh_app(monkeypatch: pytest.MonkeyPatch, make_embedder: type) -> Iterator[None]:
    """For Streamlit's own test runner: no index or model of another test, and an embedder without weights."""
    import streamlit as st  # noqa: PLC0415 - a second of import, wanted by the tests of pages only

    from ui.state import session as state  # noqa: PLC0415

    monkeypatch.setattr(state, "new_embedder", lambda _: make_embedder())
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def serve_app(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., contextlib.AbstractContextManager[RunningApp]]:
    """``with serve_app(INDEX_DIR=…) as app``: the app as its users start it; fails when its log holds a traceback."""

    @contextlib.contextmanager
    def serve(*, port: int = 0, **environment: object) -> Iterator[RunningApp]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            port = probe.getsockname()[1]
        log = tmp_path_factory.mktemp("app") / "app.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
                cwd=ROOT,
                env={**os.environ, **{name: str(value) for name, value in environment.items()}},
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield RunningApp(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(20)
        written = log.read_text(encoding="utf-8")
        assert "Traceback" not in written, written

    return serve


def _wait_for(health: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert process.poll() is None, "the app ended at once"
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not start within a minute")


@pytest.fixture(scope="session")
def sealed_session(
    make_printed_corpus: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Path:
    """Folder of one whole session without network, run once for all workers: see ``sealed_session.py``."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: apt-get install chromium")
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "sealed"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            _run_sealed_session(folder, make_printed_corpus)
    ended = json.loads((folder / "evidence" / "ended.json").read_text(encoding="utf-8"))
    assert ended["code"] == 0, ended["output"]
    return folder


def _run_sealed_session(folder: Path, make_printed_corpus: Callable[[Path], Path]) -> None:
    for name in ("home", "tmp", "given", "logs", "evidence", "code", "audit"):
        (folder / name).mkdir(parents=True)
    for name in (
        "pinpoint",
        "citations",
        "index",
        "ingest",
        "pdfview",
        "answer",
        "collection",
        "ui",
        "app.py",
        ".streamlit",
    ):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / "code" / name)
    make_printed_corpus(folder / "corpus")
    home = folder / "home"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "COV_", "PINPOINT", "STREAMLIT", "HF_"))
    }
    environment |= {
        "HOME": str(home),
        "TMPDIR": str(folder / "tmp"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "INDEX_DIR": str(folder / "index"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "security" / "watch"), str(folder / "code")]),
        "PINPOINT_WATCH": str(folder / "evidence" / "watched.jsonl"),
        "CHROMIUM_ARGS": json.dumps(CHROMIUM_ARGS),
        "PINPOINT_AUDIT_LOG": str(folder / "audit" / "log.jsonl"),
    }
    command = [*_without_network(), sys.executable, str(ROOT / "tests" / "security" / "sealed_session.py"), str(folder)]
    ended = subprocess.run(command, cwd=folder / "code", env=environment, capture_output=True, text=True, check=False)
    (folder / "evidence" / "ended.json").write_text(
        json.dumps({"code": ended.returncode, "output": ended.stdout + ended.stderr}), encoding="utf-8"
    )


def _without_network() -> list[str]:
    """The words before a command that take the network from it; none where that is not allowed."""
    for words in (["unshare", "-rn"], ["unshare", "-n"]):
        if shutil.which("unshare"):
            tried = subprocess.run([*words, "true"], capture_output=True, check=False)
            if tried.returncode == 0:
                return words
    return []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, opened once for a file of tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        # What tests run inside a page is evaluated from text, which the app's policy forbids to everybody. The
        # session of test_no_network.py holds to the policy.
        opened.new_context = functools.partial(opened.new_context, bypass_csp=True)
        yield opened
        opened.close()
