"""Generations that an ingest writes before its end: when, of what, and what the ingest does after it was killed."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import pinpoint
from index.generations.read import corpus_dir, generation_facts, intake_report, serving_generation
from index.generations.rows import load_documents
from index.incomplete import incomplete_of
from ingest.__main__ import main
from ingest.report import IntakeRecord
from ingest.steps import early as module
from ingest.steps.early import Early, EarlyGenerations

NONE, LEXICAL, SERVE = Early(), Early(lexical_first=True), Early(serve=True)
BOTH = Early(lexical_first=True, serve=True)


class Clock:
    """Seconds that a test sets."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def begin(tmp_path, clock):
    """``begin(early)``: what writes early generations, and the list of what it wrote: documents, unread."""

    def run(early):
        written = []

        def write(*, corpus, intake, progress, vectors, unread):
            assert not vectors and progress("read", 0, 1) is None
            written.append((len(corpus), unread, [entry["file"] for entry in intake["files"]]))

        return EarlyGenerations(tmp_path / "index", early, write, lambda: None, clock), written

    return run


TIMES = [  # (asked for, [(second, documents read, unread)], what is written, reason)
    (NONE, [(0, 1, 9), (60, 9, 1)], [], "nothing was asked for"),
    (LEXICAL, [(0, 1, 9), (60, 9, 1)], [(10, 0)], "only when all are read"),
    (SERVE, [(0, 0, 10)], [(10, 0)], "nothing is read yet"),
    (SERVE, [(0, 1, 9), (1, 4, 6)], [(1, 9), (10, 0)], "too soon after the last"),
    (SERVE, [(0, 1, 9), (20, 4, 6)], [(1, 9), (4, 6), (10, 0)], "twice as many, and time went by"),
    (BOTH, [(0, 4, 6), (60, 7, 3), (80, 8, 2)], [(4, 6), (8, 2), (10, 0)], "not twice as many at first"),
    (SERVE, [(0, 10, 0)], [(10, 0)], "the last one has been read: the next is of all"),
]


@pytest.mark.parametrize(("early", "steps", "expected", "reason"), TIMES, ids=[case[-1] for case in TIMES])
def test_when_a_generation_is_written(begin, clock, early, steps, expected, reason):
    generations, written = begin(early)
    for second, count, unread in steps:
        clock.seconds = second
        generations.read(lambda count=count: [SimpleNamespace()] * count, (), unread)
    generations.all_read([SimpleNamespace()] * 10, ())
    assert [entry[:2] for entry in written] == expected, reason


IN_USE = [  # (documents in it, unread of it, damaged, steps, what is written, reason)
    (4, 5, False, [(0, 2, 7), (20, 4, 5)], [], "a resume with less than what serves"),
    (4, 5, False, [(0, 2, 7), (20, 5, 4), (40, 8, 1)], [(5, 4)], "as soon as there is more than that"),
    (4, 0, False, [(0, 2, 3), (20, 5, 1)], [(5, 1)], "one that lacks vectors alone, and new documents"),
    (4, None, False, [(0, 2, 7), (20, 8, 1)], [], "a complete one goes on serving"),
    (4, None, True, [(0, 2, 7)], [(2, 7)], "one that cannot be served is replaced"),
    (4, 5, True, [(0, 2, 7)], [(2, 7)], "the same of an incomplete one"),
]


@pytest.mark.parametrize(
    ("documents", "lacking", "damaged", "steps", "expected", "reason"), IN_USE, ids=[case[-1] for case in IN_USE]
)
def test_what_serves_is_not_replaced_by_less(  # noqa: PLR0913 - the columns of the table
    begin, clock, tiny_parsed, write_tiny, write_early, *, documents, lacking, damaged, steps, expected, reason
):
    there = tiny_parsed[:documents]
    folder = write_tiny(there) if lacking is None else write_early(there, unread=lacking)
    if damaged:
        (folder / "words.json").unlink()
    generations, written = begin(SERVE)
    for second, count, unread in steps:
        clock.seconds = second
        generations.read(lambda count=count: [SimpleNamespace()] * count, (), unread)
    assert [entry[:2] for entry in written] == expected, reason


def test_the_report_of_an_early_generation_leaves_out_what_has_no_verdict_yet(begin):
    generations, written = begin(SERVE)
    records = [
        IntakeRecord("read.md", "read"),
        IntakeRecord("broken.pdf", "failed", reason="It is cut off."),
        IntakeRecord("waiting.md", "failed"),
    ]
    generations.read(lambda: [SimpleNamespace()], records, 1)
    assert written[0][2] == ["read.md", "broken.pdf"]


def test_nothing_is_written_of_no_document(begin):
    generations, written = begin(LEXICAL)
    generations.all_read([], ())
    assert written == []


class Watching:
    """What an index serves each time that something is embedded for it."""

    name, choice, digest, arithmetic = "watching", "packaged", "watching-1", "fp32"

    def __init__(self, embedder, index_dir):
        self.embedder, self.index_dir, self.seen = embedder, index_dir, []

    def encode(self, texts, progress=None):
        self.seen.append(_served(self.index_dir))
        return self.embedder.encode(texts, progress)

    encode_queries = encode


def _served(index_dir):
    """Documents of what serves, and how many were not read; None where nothing serves."""
    if not (index_dir / "CURRENT").exists():
        return None
    folder = serving_generation(index_dir).folder
    lacks = incomplete_of(generation_facts(folder))
    return sorted(load_documents(folder)), lacks and lacks.unread


@pytest.fixture
def watching(make_embedder, tmp_path):
    return Watching(make_embedder(), tmp_path / "index")


ALL = ["first-md", "second-md"]
INGESTS = [  # (asked for, what serves while passages are embedded, reason)
    (NONE, [None], "the index is there when it is complete"),
    (LEXICAL, [(ALL, 0)], "words first"),
    (SERVE, [None, (ALL[:1], 1), (ALL[1:], 1), (ALL, 0)], "while reading goes on too, so that any of these serves"),
]


@pytest.mark.parametrize(("early", "served", "reason"), INGESTS, ids=[case[-1] for case in INGESTS])
def test_what_serves_while_passages_are_embedded(ledger_corpus, run_ingest, watching, early, served, reason):
    result = run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=early)
    assert watching.seen and all(one in served for one in watching.seen), reason
    assert _served(watching.index_dir) == (ALL, None) and result.changed
    assert generation_facts(result.generation)["vectors"] is True
    assert len([*watching.index_dir.glob("*/generation.json")]) == 1, "early ones are removed"


def test_what_is_read_so_far_can_be_searched_meanwhile(ledger_corpus, run_ingest, tmp_path, monkeypatch):
    index_dir, served, write = tmp_path / "index", [], module.EarlyGenerations._put  # noqa: SLF001

    def put(self, *given):
        write(self, *given)
        served.append((_served(index_dir)[1], corpus_dir(index_dir), len(intake_report_of(index_dir)["files"])))

    monkeypatch.setattr(module.EarlyGenerations, "_put", put)
    run_ingest(ledger_corpus, index_dir, early=SERVE)
    assert served == [(1, ledger_corpus, 1), (0, ledger_corpus, 2)], "the folder is known, so that pages can be shown"


def intake_report_of(index_dir):
    return intake_report(serving_generation(index_dir).folder)


REPLACED = [(LEXICAL, (ALL, 0), "it was asked for"), (SERVE, (["first-md"], None), "the complete one goes on serving")]


@pytest.mark.parametrize(("early", "served", "reason"), REPLACED, ids=[case[-1] for case in REPLACED])
def test_a_complete_index_is_replaced_early_only_where_that_is_asked_for(
    ledger_corpus, run_ingest, watching, early, served, reason
):
    other = ledger_corpus / "second.md"
    text = other.read_text(encoding="utf-8")
    other.unlink()
    run_ingest(ledger_corpus, watching.index_dir, embedder=watching)
    other.write_text(text, encoding="utf-8")
    watching.seen.clear()
    run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=early)
    assert served in watching.seen, reason
    assert len([*watching.index_dir.glob("*/generation.json")]) == 2, "the complete one before stays to go back to"


class Killed(Exception):
    """What ends an ingest in the middle."""


def test_killed_while_reading_it_goes_on_from_what_serves(tiny_corpus, run_ingest, tmp_path, monkeypatch):
    index_dir, put = tmp_path / "index", module.EarlyGenerations._put  # noqa: SLF001

    def once(self, *given):
        put(self, *given)
        raise Killed

    monkeypatch.setattr(module.EarlyGenerations, "_put", once)
    with pytest.raises(Killed):
        run_ingest(tiny_corpus, index_dir, early=SERVE)
    first, unread = serving_generation(index_dir).folder, _served(index_dir)[1]
    assert unread
    monkeypatch.setattr(module.EarlyGenerations, "_put", put)
    monkeypatch.setattr(module, "_APART", 0.0)  # so that what serves is replaced while its rows are still to be copied
    monkeypatch.setattr(module, "_GROWN", 1)
    result = run_ingest(tiny_corpus, index_dir, early=SERVE)
    assert _served(index_dir)[1] is None and first != result.generation
    assert [folder.parent for folder in index_dir.glob("*/generation.json")] == [result.generation]


def test_killed_after_the_words_it_goes_on_with_the_vectors(ledger_corpus, run_ingest, watching, monkeypatch):
    monkeypatch.setattr(Watching, "encode", _kill)
    with pytest.raises(Killed):
        run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=LEXICAL)
    assert _served(watching.index_dir) == (ALL, 0)
    monkeypatch.undo()
    result = run_ingest(ledger_corpus, watching.index_dir, embedder=watching)
    assert {record.status for record in result.records} == {"unchanged"} and result.embedded == len(ALL)
    assert _served(watching.index_dir) == (ALL, None)


@pytest.fixture
def put(monkeypatch):
    """How many documents were not read of each generation that is written early."""
    seen, write = [], module.EarlyGenerations._put  # noqa: SLF001
    monkeypatch.setattr(
        module.EarlyGenerations, "_put", lambda self, *given: (seen.append(given[2]), write(self, *given))
    )
    return seen


@pytest.mark.parametrize("early", [LEXICAL, SERVE, BOTH], ids=["lexical", "serve", "both"])
def test_a_resume_does_not_write_the_same_words_again(ledger_corpus, run_ingest, watching, monkeypatch, put, early):
    with monkeypatch.context() as patch:
        patch.setattr(Watching, "encode", _kill)
        with pytest.raises(Killed):
            run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=LEXICAL)
    assert put == [0]
    run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=early)
    assert put == [0] and _served(watching.index_dir) == (ALL, None)


def test_a_resume_with_another_document_writes_the_words_of_all(ledger_corpus, run_ingest, watching, monkeypatch, put):
    with monkeypatch.context() as patch:
        patch.setattr(Watching, "encode", _kill)
        with pytest.raises(Killed):
            run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=LEXICAL)
    (ledger_corpus / "third.md").write_text("# Third\n\nThe third ledger.\n", encoding="utf-8")
    run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=LEXICAL)
    assert put == [0, 0]


def test_where_nothing_is_to_be_embedded_no_words_go_first(ledger_corpus, run_ingest, watching, put):
    run_ingest(ledger_corpus, watching.index_dir, embedder=watching)
    (ledger_corpus / "second.md").unlink()
    assert run_ingest(ledger_corpus, watching.index_dir, embedder=watching, early=LEXICAL).changed
    assert put == [] and _served(watching.index_dir) == (ALL[:1], None)


INTERRUPTED = [  # (documents in use, unread of them, options, what is said, reason)
    (0, None, ["--serve-early"], "There is no index to search yet", "before the first early generation"),
    (2, 3, ["--serve-early"], "What was indexed so far serves", "one is in use"),
    (2, 3, [], "What was indexed so far serves", "the same without the option"),
    (2, None, ["--serve-early"], "The index in use is unchanged", "a complete one was not replaced"),
]


@pytest.mark.parametrize(
    ("documents", "unread", "options", "says", "reason"), INTERRUPTED, ids=[case[-1] for case in INTERRUPTED]
)
def test_what_serves_is_said_when_an_ingest_is_interrupted(  # noqa: PLR0913 - the columns of the table
    tiny_parsed, write_tiny, write_early, tmp_path, monkeypatch, *, documents, unread, options, says, reason
):
    def interrupt(*_given, **_named):
        raise KeyboardInterrupt

    if documents:
        write_early(tiny_parsed[:2], unread=unread) if unread else write_tiny(tiny_parsed[:2])
    monkeypatch.setattr("ingest.__main__.next_embedder", lambda *_: None)
    monkeypatch.setattr("ingest.__main__.ingest_corpus", interrupt)
    result = CliRunner().invoke(main, [str(tmp_path), "--index", str(tmp_path / "index"), *options])
    assert result.exit_code == 130 and f"Interrupted. {says}; the" in " ".join(result.stderr.split()), reason


def _kill(*_):
    raise Killed


def test_the_command_and_the_python_interface_take_it(ledger_corpus, make_embedder, tmp_path, monkeypatch):
    seen = []
    put = module.EarlyGenerations._put  # noqa: SLF001
    monkeypatch.setattr(
        module.EarlyGenerations, "_put", lambda self, *given: (seen.append(given[2]), put(self, *given))
    )
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    given = [
        str(ledger_corpus),
        "--index",
        str(tmp_path / "one"),
        "--serve-early",
        "--lexical-first",
        "--progress-json",
    ]
    assert CliRunner().invoke(main, given).exit_code == 0
    assert seen == [1, 0]
    pinpoint.ingest(ledger_corpus, tmp_path / "two", embedder=make_embedder(), lexical_first=True)
    pinpoint.ingest(ledger_corpus, tmp_path / "three", embedder=make_embedder(), serve_early=True)
    assert seen == [1, 0, 0, 1, 0]
