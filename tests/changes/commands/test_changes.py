"""``pinpoint changes``: its output, files and exit codes."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from changes.commands.changes import changes
from collection.editing import add
from collection.excerpts import make_excerpt
from collection.files import write_collection
from collection.records import Collection
from index.search import HybridIndex
from pinpoint.records import Span

A = "Each officer shall keep a quetzal ledger for every referral received at the office."
B = "The ledger is closed after seven years and sent to the central archive in Toledo."
MANIFEST = '[[document]]\nid = "ledgers"\nfile = "l.md"\ntitle = "Ledgers"\nkind = "regulation"\ncited_as = "8 CFR"\n'


def text(*paragraphs):
    lines = "\n\n".join(f"({label}) {one}" for label, one in zip("abcdef", paragraphs, strict=False))
    return f"# 8 CFR Part 299: Ledgers\n\n## \u00a7 299.1 Ledgers.\n\n{lines}\n"


@pytest.fixture
def two(two_generations):
    old = {"l.md": text(A, B), "manifest.toml": MANIFEST}
    return two_generations(old, {"l.md": text(A, B.replace("seven", "nine")), "manifest.toml": MANIFEST})


def run(*arguments):
    return CliRunner().invoke(changes, [str(one) for one in arguments])


def test_the_last_two_generations_are_compared(two):
    result = run("--index", two[0].parent)
    assert result.exit_code == 0, result.output
    assert "8 CFR 299.1(b): Changed in words." in result.output
    assert "The ledger is closed after [-seven-]{+nine+} years" in result.output
    back = run(two[1].name, two[0].name, "--index", two[0].parent)
    assert "[-nine-]{+seven+}" in back.output


def test_reports_are_written_and_the_feed_grows(two, tmp_path):
    out = [tmp_path / f"report.{suffix}" for suffix in ("docx", "html", "json", "atom")]
    options = [option for file in out for option in ("--out", file)]
    result = run("--index", two[0].parent, *options, "--feed", tmp_path / "feed", "--json")
    assert result.exit_code == 0, result.output
    assert all(file.stat().st_size for file in out)
    assert json.loads(result.stdout)["counts"]["words"] == 1
    assert "changes.atom: 1." in result.stderr
    again = run("--index", two[0].parent, "--feed", tmp_path / "feed")
    assert "changes.atom: 0." in again.stderr


def test_limits_are_said(two):
    result = run("--index", two[0].parent, "--change", "moved")
    assert "Only changes of the kind moved." in result.output
    assert "299.1(b)" not in result.output


@pytest.mark.parametrize(("quoted", "code"), [(B, 1), (A, 0)], ids=["its words changed", "other words changed"])
def test_a_watched_collection_makes_the_exit_code(two, tmp_path, fake_embedder, quoted, code):
    index = HybridIndex(two[0], fake_embedder)
    whole = index.store.text(index.store.tree("ledgers").root.span)
    start = whole.index(quoted)
    made = add(Collection("Mine"), make_excerpt(index, Span("ledgers", start, start + len(quoted)), date(2026, 1, 1)))
    file = tmp_path / "mine.json"
    file.write_bytes(write_collection(made))
    result = run("--index", two[0].parent, "--watch", file)
    assert result.exit_code == code, result.output
    assert f"mine.json: {code} of 1 excerpt touched." in result.output
    if code:
        assert "1. 8 CFR 299.1(b): It changed in words." in result.output
        assert result.output.count("[-seven-]{+nine+}") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "names no generation"),
        (("--only", "Nothing"), "There is no collection 'Nothing'"),
        (("--kind", "memo"), "There is no kind 'memo'"),
        (("--authority", "Statute"), "There is no authority level 'Statute'"),
        (("--documents", "a", "b"), "names no document"),
        (("--out", "report.pdf"), "names no form of a report"),
        (("--watch", "gone.json"), "cannot be read"),
        (("--change", "colour"), "is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_ends_with_2_and_a_remedy(two, arguments, said):
    result = run(*arguments, "--index", two[0].parent)
    assert result.exit_code == 2
    assert said in result.output


def test_two_documents_are_compared(two):
    result = run("--documents", "ledgers", "l.md", "--index", two[0].parent)
    assert result.exit_code == 0
    assert "Nothing changed." in result.output
    other = run(two[0].name, two[1].name, "--documents", "ledgers", "ledgers", "--index", two[0].parent)
    assert "[-seven-]{+nine+}" in other.output
