"""``pinpoint search`` with operators, totals and files of its hits."""

import json

import pytest
from click.testing import CliRunner

from collection.export.formats import LIST_FORMATS
from pinpoint.__main__ import main


@pytest.fixture
def search(monkeypatch, make_embedder, tiny_index_dir):
    """``search(query, *options)`` in the small corpus, without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    fixed = ["--index", str(tiny_index_dir), "--reranker", "none", "--as-of", "2025-01-01"]

    def run(query, *options):
        return CliRunner().invoke(main, ["search", query, *fixed, *map(str, options)])

    return run


def test_the_reading_and_the_total_are_said(search):
    output = search('victim AND traffick* -"zebra crossing"', "--top-k", "2").output
    first, second = output.splitlines()[:2]
    assert first.startswith(
        "Passages with “victim” and a word that begins with “traffick”, without the phrase “zebra crossing”."
    )
    assert second.startswith("2 of ") and "passages that match (boolean)" in second


def test_a_query_that_is_read_as_words_says_why(search):
    result = search("victim AND (trafficking")
    assert result.exit_code == 0
    assert "Read as words" in result.output and "a parenthesis is not closed" in result.output


def test_json_has_reading_total_and_facets(search):
    found = json.loads(search("victim OR trafficking", "--json", "--top-k", "1").output)
    assert found["route"] == "boolean" and found["total"] > len(found["hits"]) == 1
    assert sum(found["facets"]["kind"].values()) >= found["total"]
    assert found["reading"].startswith("Passages with “victim” or “trafficking”.")
    alone = json.loads(search("8 CFR 214.202", "--json").output)
    assert alone["hits"][1]["citing"], "the sentences that cite it"


def test_a_word_that_no_passage_has_is_named(search):
    assert "No passage has “xylophone”." in search("victim OR xylophone").output


@pytest.mark.parametrize("one", LIST_FORMATS, ids=[one.suffix for one in LIST_FORMATS])
def test_the_hits_become_a_file(search, tmp_path, one):
    file = tmp_path / f"hits.{one.suffix}"
    result = search("victim AND zebraword OR trafficking", "--export", file, "--top-k", "5")
    assert result.exit_code == 0 and f"Written: {file}" in result.stderr
    written = file.read_text(encoding="utf-8-sig")
    named = "C.F.R." if one.suffix == "txt" else "trafficking"
    assert named in written and "zebraword" not in written


@pytest.mark.parametrize(
    ("options", "says", "reason"),
    [
        (["--export", "hits.pdf"], ".csv, .ris, .json (CSL-JSON), .bib or .txt (Bluebook).", "no such format"),
        (["--export", "no-such-folder/hits.csv"], "could not be written", "no such folder"),
        (["--top-k", "1001"], "1<=x<=1000", "more than are listed"),
    ],
)
def test_what_cannot_be_written_is_said(search, options, says, reason):
    result = search("victim", *options)
    assert result.exit_code == 2 and says in result.output, reason


def test_a_batch_is_not_written_into_one_file(search, tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"query": "x"}\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["search", "--queries", str(queries), "--export", str(tmp_path / "a.csv")])
    assert result.exit_code == 2 and "instead of --queries" in result.output
