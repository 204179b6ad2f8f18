"""The Python interface: its names, its examples, how light it is, and that it works from any program."""

import doctest
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

import pinpoint
from index.generations.read import generation_facts
from pinpoint import api, errors

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "Answer",
    "Check",
    "Citation",
    "Document",
    "Draft",
    "Filters",
    "Finding",
    "Hit",
    "Index",
    "IndexUnavailable",
    "IngestResult",
    "ManifestError",
    "MissingModel",
    "PinpointError",
    "SearchResult",
    "Source",
    "Span",
    "Statement",
    "ingest",
    "open",
]
HEAVY = (
    "torch",
    "faiss",
    "streamlit",
    "numpy",
    "click",
    "answer",
    "citations",
    "index",
    "ingest",
    "pdfview",
    "ui",
    "drafts",
)


@pytest.fixture
def working_folder(tiny_corpus, tmp_path, monkeypatch, make_embedder) -> Path:
    """A working folder with documents in ``corpus``, and an embedder without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(tiny_index_dir, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    with pinpoint.open(tiny_index_dir, reranker="none") as index:
        yield index


def test_exported_names():
    assert pinpoint.__all__ == sorted(NAMES) == dir(pinpoint)
    assert all(getattr(pinpoint, name).__doc__ for name in pinpoint.__all__)
    assert set(pinpoint._FROM) == set(NAMES)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = pinpoint.Nothing


def test_every_error_is_exported():
    classes = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert errors.__all__ == sorted(classes)
    assert all(issubclass(getattr(errors, name), pinpoint.PinpointError) for name in errors.__all__)
    assert all(name in errors.__doc__ for name in errors.__all__), "the tree in the docstring is whole"


@pytest.mark.parametrize("module", [pinpoint, errors], ids=["pinpoint", "pinpoint.errors"])
def test_the_examples_in_docstrings_run(working_folder, module):
    example = doctest.DocTestParser().get_doctest(module.__doc__, {}, module.__name__, None, 0)
    assert example.examples
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert outcome.failed == 0, "".join(said)


def test_the_import_is_light():
    """Nothing of ours but the face itself, and nothing heavy; ``python -m benchmarks start`` has the milliseconds."""
    program = f"import sys, pinpoint; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_search_takes_the_filters_of_the_command(opened):
    assert opened.search("coercion").hits
    kinds = {hit.kind for hit in opened.search("T nonimmigrant status", kinds=["statute"]).hits}
    assert kinds == {"statute"}
    assert {hit.document_id for hit in opened.search("trafficking", documents=["manual"]).hits} == {"manual"}
    with pytest.raises(pinpoint.PinpointError, match="'no such'.*Known are: Policy Manual"):
        opened.search("trafficking", collections=["no such"])
    then = opened.search("T-1 nonimmigrant status", as_of="2020-01-01")
    assert then.hits == opened.search("T-1 nonimmigrant status", as_of=date(2020, 1, 1)).hits
    assert "rule-old" in {hit.document_id for hit in then.hits}
    assert "rule-old" not in {hit.document_id for hit in opened.search("T-1 nonimmigrant status").hits}
    assert len(opened.search("trafficking", top_k=2).hits) == 2
    with pytest.raises(ValueError, match="yesterday"):
        opened.search("coercion", as_of="yesterday")


def test_a_scope_is_preferred_or_limited_to(opened):
    assert "QHSR" in opened.collections and opened.preferred == ()
    assert opened.search("trafficking", prefer="QHSR").scope == "QHSR first; everything was searched."
    assert opened.search("trafficking", prefer=()).scope == "Everything was searched."
    assert opened.ask("trafficking mission", collections="QHSR").scope == "Only QHSR was searched."
    with pytest.raises(ValueError, match="no collection 'Novels'"):
        opened.ask("trafficking", prefer=["Novels"])


def test_what_was_found_is_located_again(opened):
    hit = opened.search("reasonable request", top_k=1).hits[0]
    located = opened.locate(hit.passage_id)
    assert (located.span, located.section, located.in_force) == (hit.span, hit.section, True)
    assert not opened.locate(hit.passage_id, as_of="2000-01-01").in_force
    with pytest.raises(KeyError):
        opened.locate("no-such-document:0-5")


def test_ask_and_documents(opened):
    answer = opened.ask("What is the annual cap on T visas?")
    assert answer.status == "answered" and isinstance(answer, pinpoint.Answer)
    assert isinstance(answer.citations[0], pinpoint.Citation)
    assert isinstance(opened.documents["statute"], pinpoint.Document)
    assert opened.generation and opened.notice == ""


def test_a_closed_index_says_so(tiny_index_dir):
    index = pinpoint.open(tiny_index_dir, embedder=None)
    index.close()
    index.close()
    for use in (lambda: index.search("x"), lambda: index.ask("x"), lambda: index.documents):
        with pytest.raises(pinpoint.IndexUnavailable, match="was closed"):
            use()


def test_progress_is_shown_where_it_is_wanted(working_folder):
    steps = []
    result = pinpoint.ingest("corpus", "index", progress=steps.append)
    assert result.changed and {"read", "embed"} <= {standing.step for standing in steps}
    last = steps[-1]
    assert (last.done, last.left) == (last.total, 0) and last.documents == last.documents_total > 0
    assert not api.ingest("corpus", "index").changed


def test_an_arithmetic_may_be_named(working_folder):
    for name in ("fp32", "int8"):
        folder = pinpoint.ingest("corpus", "index", arithmetic=name).generation
        assert generation_facts(folder)["arithmetic"] == name


FAKE = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
print("begins", flush=True)
import numpy as np
import index.models.embedding
class Embedder:
    name, choice, digest = "fake", "packaged", "fake-1"
    def encode(self, texts, progress=None):
        return np.ones((len(texts), 4), dtype=np.float32) / 2
    encode_queries = encode
import pinpoint
result = pinpoint.ingest("corpus", "index", embedder=Embedder())
with pinpoint.open("index", embedder=Embedder(), reranker="none") as opened:
    print(opened.search("8 CFR 214.202(c)").hits[0].section)
"""


@pytest.mark.parametrize("way", ["script", "standard input"])
def test_it_works_from_a_program_without_a_guard(working_folder, way):
    script = working_folder / "plain.py"
    script.write_text(FAKE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-" if way == "standard input" else str(script)],
        cwd=working_folder,
        input=FAKE if way == "standard input" else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["begins", "8 CFR 214.202(c)"]


@pytest.mark.parametrize(
    ("call", "says", "reason"),
    [
        (lambda index: index.search("visa", top_k=-1), "top_k = -1", "no slice from the end"),
        (lambda index: index.search("visa", top_k=0), "1 to 1,000", "nothing would be found"),
        (
            lambda index: index.search("visa", as_of="soon"),
            "'soon' is not a date such as",
            "the value and how it is written",
        ),
    ],
)
def test_a_wrong_value_is_named(opened, call, says, reason):
    with pytest.raises(ValueError, match=says):
        call(opened)


def test_one_name_is_as_good_as_a_list_of_it_and_a_time_is_its_day(opened):
    one, several = (opened.search("T nonimmigrant status", kinds=kinds).hits for kinds in ("statute", ["statute"]))
    assert one == several and {hit.kind for hit in one} == {"statute"}
    day = opened.search("T-1 status", as_of=date(2020, 1, 1)).hits
    assert opened.search("T-1 status", as_of=datetime(2020, 1, 1, 12, 30)).hits == day


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        ("statute:30-10", "it ends before it begins"),
        (f"statute:{'9' * 40}-1", "a number that no text is as long as"),
        ("statute:0-99999999", "it goes beyond the document"),
    ],
)
def test_what_is_no_span_is_not_located(opened, span, reason):
    with pytest.raises(KeyError):
        opened.locate(span)
