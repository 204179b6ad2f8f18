"""``python -m evaluation ranker``: weights are learned and written, and each set is ranked by those of the others."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from evaluation.__main__ import main
from index.ranking.ranker import SUMS, WEIGHTS, load_weights

RULE = "rules/8cfr-214-subpart-c.md"
QUESTIONS = {
    "first": [
        ("Who has sole jurisdiction over applications?", "USCIS has sole jurisdiction"),
        ("Must a minor comply with reasonable requests?", "under 18 years of age"),
    ],
    "second": [
        ("Which office has jurisdiction over applications for T status?", "USCIS has sole jurisdiction"),
        ("Is a child under 18 exempt from requests for assistance?", "under 18 years of age"),
    ],
    "nowhere": [("Who has jurisdiction over applications?", "words that stand nowhere")],
}
CORPUS = [
    {"_id": "a1", "title": "Rent", "text": "The tenant shall return the keys on the last day."},
    {"_id": "a2", "title": "Roof", "text": "The landlord shall repair the roof and the windows."},
]


class SharedWords:
    """A reranker that counts the words that a question and a text share."""

    name = "shared words"

    def score(self, query, texts):
        asked = set(query.lower().split())
        return np.array([len(asked & set(text.lower().split())) for text in texts], dtype=np.float32)


@pytest.fixture
def files(tmp_path):
    """The question files by name."""
    written = {}
    for name, asked in QUESTIONS.items():
        lines = [
            {
                "id": f"{name}-{number}",
                "type": "natural",
                "question": text,
                "as_of": "2025-01-01",
                "gold": [{"file": RULE, "section": "8 CFR 214", "quote": quote}],
                "expect": "answered",
            }
            for number, (text, quote) in enumerate(asked)
        ]
        lines.append({**lines[0], "id": f"{name}-none", "gold": [], "expect": "declined"})
        written[name] = tmp_path / f"{name}.jsonl"
        written[name].write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return written


@pytest.fixture
def set_folder(tmp_path):
    folder = tmp_path / "contracts"
    folder.mkdir()
    query = {"_id": "q1", "text": "When must the tenant return the keys?"}
    (folder / "corpus.jsonl").write_text("".join(json.dumps(line) + "\n" for line in CORPUS), encoding="utf-8")
    (folder / "queries.dev.jsonl").write_text(json.dumps(query) + "\n", encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text("q1\ta1\t1\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(monkeypatch, make_embedder, tiny_index_dir, files, tmp_path):
    """``run(*names, options=...)``: the command on question files by name, asked of the small corpus."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    monkeypatch.setattr("evaluation.commands.ranker.PackagedEmbedder", make_embedder)
    for module in ("index.search", "evaluation.commands.ranker"):
        monkeypatch.setattr(f"{module}.open_reranker", lambda _: SharedWords())
    monkeypatch.setattr("evaluation.ranker._STEPS", 30)

    def invoke(*names, index=tiny_index_dir, options=()):
        sets = [part for name in names for part in ("--set", str(files[name]), str(index))]
        fixed = ["--out", str(tmp_path / "weights.json"), "--cache", str(tmp_path / "cache")]
        return CliRunner().invoke(main, ["ranker", *sets, *fixed, *map(str, options)])

    return invoke


def test_weights_are_written_where_they_are_wanted_and_can_be_used(run, tmp_path):
    before = WEIGHTS.read_bytes()
    result = run("first", "second")
    assert result.exit_code == 0, result.output
    assert WEIGHTS.read_bytes() == before, "those in use stay"
    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert written["questions"] == {"first": 2, "second": 2}, "those that are answered; one of each is to be declined"
    assert written["queries"] == {} and written["by"] == "python -m evaluation ranker"
    weights = load_weights(tmp_path / "weights.json")
    for name in SUMS:
        learned = getattr(weights, name)
        assert learned and learned != getattr(load_weights(), name), name
        assert all(round(weight, 4) == weight for weight in learned.values()), "few enough digits to be read"
    assert not {name for name in (*weights.first, *weights.sentence_first) if name.startswith("reading")}


def test_a_row_a_set_is_printed_for_each_sum(run):
    printed = run("first", "second").stdout
    titles = [line for line in printed.splitlines() if "mean reciprocal rank" in line]
    assert [title.partition(",")[0] for title in titles] == ["passages", "passages", "sentences", "sentences"]
    assert ["none read" in title for title in titles] == [True, False, True, False]
    for name in ("first", "second"):
        rows = [line.split() for line in printed.splitlines() if line.startswith(f"  {name} ")]
        assert len(rows) == 4, "one for each sum"
        for _, count, *figures in rows:
            assert int(count) == 2 and len(figures) == 6
            assert all(0 <= float(figure) <= 1 for figure in figures)
    assert "without …" not in printed


def test_what_is_lost_without_each_signal(run):
    printed = run("first", "second", options=["--ablate"]).stdout
    _, passages, sentences = printed.split("  without … the mean of the sets changes by\n")
    for part, signal in ((passages, "covered with headings"), (sentences, "defines")):
        (row,) = [line for line in part.splitlines() if line.strip().startswith(signal)]
        assert float(row.removeprefix(f"    {signal}")) <= 1


def test_queries_of_retrieval_sets_teach_the_weights_of_passages(run, set_folder, tmp_path):
    result = run("first", "second", options=["--retrieval", set_folder, "--limit", 5])
    assert result.exit_code == 0, result.output
    rows = [line.split()[:2] for line in result.stdout.splitlines() if line.startswith("  contracts ")]
    assert rows == [["contracts", "1"]] * 2, "passages, not sentences"
    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert written["queries"] == {"contracts": 1}


REFUSED = [  # (question files, options, what is said, reason)
    (["first"], [], "Give another: --set FILE INDEX", "one set alone has no others to learn from"),
    (["nowhere"], [], "Fewer than two sets have right answers among their passages", "nothing is right"),
    (["first", "nowhere"], [], "Fewer than two sets", "a set of which nothing is right does not count"),
    ([], [], "Missing option '--set'", "no set"),
    (["first", "second"], ["--limit", 0], "--limit", "no queries"),
]


@pytest.mark.parametrize(("names", "options", "says", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_what_cannot_be_learned_from_is_refused(run, tmp_path, names, options, says, reason):
    result = run(*names, options=options)
    assert result.exit_code == 2, reason
    assert says in result.stderr and "Traceback" not in result.output, reason
    assert not (tmp_path / "weights.json").exists(), "nothing is written"


def test_a_missing_index_is_a_usage_error(run, tmp_path):
    result = run("first", "second", index=tmp_path / "none")
    assert result.exit_code == 2 and "pinpoint ingest" in result.stderr
