"""``pinpoint search --explain``: what brought each hit to its rank, for people and for machines."""

import json

import pytest
from click.testing import CliRunner

from index.__main__ import main
from index.ranking.ranker import load_weights

QUESTION = "Does a minor have to comply with a reasonable request for assistance?"


@pytest.fixture
def run(monkeypatch, make_embedder, tiny_index_dir):
    """``run(*arguments)``: a search of the small corpus."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    fixed = ["--index", str(tiny_index_dir), "--as-of", "2025-01-01", "--top-k", "4"]
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments), *fixed])


def reasons_of(line):
    """The signals of a line for people, with their amounts."""
    parts = line.removeprefix("    Why: ").split(", ")
    named = (part.rsplit(" ", 1) for part in ", ".join(parts).replace("reading, absolute", "absolute").split(", "))
    return {name: float(amount) for name, amount in named}


def test_each_hit_is_explained_in_a_line_the_most_first(run):
    result = run(QUESTION, "--explain")
    assert result.exit_code == 0, result.output
    lines = [line for line in result.stdout.splitlines() if line.startswith("    Why: ")]
    assert len(lines) == 4, "one a hit"
    for line in lines:
        amounts = list(reasons_of(line).values())
        assert all(sign in "+-" for sign in (part.rsplit(" ", 1)[1][0] for part in line.split(", ")))
        assert amounts == sorted(amounts, key=abs, reverse=True)
        assert set(reasons_of(line)) <= set(load_weights().first)


def test_machines_are_told_the_same(run):
    told = run(QUESTION, "--explain")
    lines = [line for line in told.stdout.splitlines() if line.startswith("    Why: ")]
    hits = json.loads(run(QUESTION, "--explain", "--json").stdout)["hits"]
    for line, hit in zip(lines, hits, strict=True):
        assert {name: round(amount, 2) for name, amount in hit["why"].items()} == pytest.approx(
            reasons_of(line), abs=0.011
        )


NAMED = [  # (query, what the first line says, reason)
    ("8 CFR 214.204(a)", "it was asked for by name", "a citation names its provision"),
    ('"sole jurisdiction"', "it was asked for by name", "a phrase names its words"),
    ("8 CFR 214.11(b)", "8 CFR 214.202", "where its text stands now says why it is first"),
]


@pytest.mark.parametrize(("query", "says", "reason"), NAMED)
def test_what_is_asked_for_by_name_has_no_signals(run, query, says, reason):
    first = next(line for line in run(query, "--explain").stdout.splitlines() if line.startswith("    Why: "))
    assert says in first, reason
    assert json.loads(run(query, "--explain", "--json").stdout)["hits"][0]["why"] == {}, reason


def test_without_the_option_nothing_is_explained(run):
    assert "Why: " not in run(QUESTION).stdout
    assert all("why" not in hit for hit in json.loads(run(QUESTION, "--json").stdout)["hits"])


def test_many_queries_are_explained_a_result_a_line(run, tmp_path):
    file = tmp_path / "queries.jsonl"
    file.write_text("".join(json.dumps({"id": n, "query": QUESTION}) + "\n" for n in range(2)), encoding="utf-8")
    lines = run("--queries", file, "--explain").stdout.splitlines()
    assert len(lines) == 2 and all(hit["why"] for line in lines for hit in json.loads(line)["hits"])
    plain = run("--queries", file).stdout.splitlines()
    assert not any("why" in hit for line in plain for hit in json.loads(line)["hits"])
