"""Shared fixtures: a small corpus in every format, an index of it, an embedder without weights."""

import gc
import os
import pickle
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from filelock import FileLock
from hypothesis import settings
from reportlab.pdfgen.canvas import Canvas

from answer.assistant import Assistant
from index.generations.read import current_generation, intake_report
from index.generations.rows import load_documents, load_parsed
from index.generations.write import write_generation
from index.records import IndexConfig
from index.search import HybridIndex, load_index
from ingest import workers
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.readers.registry import read_document
from ingest.records import Reading
from ingest.steps import reading
from ingest.workers import Job, Limits, Outcome
from pinpoint.configuration.variables import VARIABLES
from pinpoint.stored import ParsedDocument
from tests.fake_embedder import FakeEmbedder

pytest_plugins = [
    *("tests.app_server", "tests.cluster_fixture", "tests.index.cluster.published_fixture"),
    "tests.local_cluster.secured_fixture",
    "tests.security.session_fixture",
]

os.environ["PINPOINT_CONFIG"] = "none"  # for what runs before the first test, and what that starts
ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "corpus" / "tiny"
OWN_PROCESSES = Limits(seconds=120, processes=2)
"""For ``run_ingest``: each file is parsed in a process of its own."""

# A machine under load must not fail a property for its time; pytest-timeout ends what hangs.
settings.register_profile("pinpoint", deadline=None, max_examples=60)
settings.load_profile("pinpoint")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for garbage neither while the tests are collected nor, afterwards, among what lives as long as they."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


LEDGER = ("Officers shall keep a quetzal ledger for each referral.", "The ledger is closed after seven years.")


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
    """The files of ``tests/corpus/tiny``, a Word file, and a PDF file that nobody can read."""
    shutil.copytree(TINY, folder)
    (folder / "training").mkdir()
    _write_training(folder / "training" / "interviews.docx")
    (folder / "scans").mkdir()
    (folder / "scans" / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is not a PDF\n%%EOF\n")


@pytest.fixture(autouse=True)
def _own_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that a test ran as an app is not the main module of the processes that a later test starts."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def _no_settings() -> Iterator[None]:
    """No test depends on the index, the models or the settings that the person who runs it has in use."""
    before = {variable.name: os.environ.pop(variable.name, None) for variable in VARIABLES}
    os.environ["PINPOINT_CONFIG"] = "none"  # a file in the working folder has no say
    yield
    for name, text in before.items():  # a command that read such a file has set some
        os.environ.pop(name, None)
        if text is not None:
            os.environ[name] = text


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


def _parse_here(jobs: Sequence[Job], limits: Limits) -> Iterator[Outcome]:
    """What ``parse_all`` does, in this process: to start three others takes longer than to read a small corpus."""
    for job in jobs:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as in a process of its own, where they are no errors
            answer = pickle.loads(workers._parsed(job, limits.megabytes))
        yield Outcome(job, answer.parsed, answer.status, answer.reason, 0.0)


@pytest.fixture(scope="session")
def run_ingest(fake_embedder: FakeEmbedder) -> Callable[..., IngestResult]:
    """``ingest_corpus`` without progress bars: ``run_ingest(corpus, index_dir, **settings)``.

    Files are parsed in this process, unless ``limits`` are given, or a test has put something in front of that.
    """

    def run(corpus: Path, index_dir: Path, **settings: Any) -> IngestResult:  # noqa: ANN401 - passed on
        here = "limits" not in settings and reading.parse_all is workers.parse_all
        settings = {"embedder": fake_embedder, "limits": OWN_PROCESSES, **settings}
        with pytest.MonkeyPatch.context() as patch:
            if here:
                patch.setattr(reading, "parse_all", _parse_here)
            return ingest_corpus(corpus, index_dir, progress=lambda *_: None, **settings)

    return run


@pytest.fixture(scope="session")
def tiny_index_dir(
    pristine_corpus: Path, run_ingest: Callable[..., IngestResult], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Index folder of the small corpus, shared: search it, never write to it."""
    folder = tmp_path_factory.mktemp("tiny-index") / "index"
    run_ingest(pristine_corpus, folder, limits=OWN_PROCESSES)  # as people have it
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


@pytest.fixture
def write_early(tmp_path: Path, tiny_index_dir: Path) -> Callable[..., Path]:
    """``write_early(documents, unread=2)``: a generation without vectors in ``tmp_path / "index"``, by its embedder."""

    def run(documents: Sequence[ParsedDocument], *, unread: int = 0, embedder: FakeEmbedder | None = None) -> Path:
        return write_generation(
            tmp_path / "index",
            corpus=documents,
            crosswalk=(),
            embedder=embedder or FakeEmbedder(),
            config=IndexConfig(),
            intake=intake_report(current_generation(tiny_index_dir)),
            progress=lambda *_: None,
            vectors=False,
            unread=unread,
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
        cached = folder / f"{file.replace('/', '-')}.pickle"
        with FileLock(f"{cached}.lock"):
            if not cached.exists():
                cached.write_bytes(pickle.dumps(read_document(real_corpus / file)))
        return pickle.loads(cached.read_bytes())

    return read
