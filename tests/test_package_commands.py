"""The command lines: help, exit codes, errors, batch files. Other people's scripts rest on them."""

import json

import pytest
from click.testing import CliRunner

from answer.__main__ import main as answer
from index.__main__ import main as index
from ingest.__main__ import main as ingest

ANSWER = {"id", "question", "status", "reason", "statements", "citations", "hits", "timings_ms"}
CITATION = {"marker", "passage_id", "source_file", "section", "page", "page_label", "quote", "start", "end"}


@pytest.fixture
def run(monkeypatch, make_embedder):
    """``run(command, *arguments)`` without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    return lambda command, *arguments: CliRunner().invoke(command, [str(argument) for argument in arguments])


HELP = [
    (ingest, ["CORPUS", "--index", "--json", "INDEX_DIR", "build/index", "Exit codes: 0", "2 ", "3 "]),
    (
        index,
        [
            "QUERY",
            "--queries",
            "--index",
            "--top-k",
            "--kind",
            "--collection",
            "--as-of",
            "--any-date",
            "--json",
            "Exit codes: 0",
        ],
    ),
    (answer, ["QUESTION", "--questions", "--index", "--as-of", "--json", "Exit codes: 0"]),
]


@pytest.mark.parametrize(("command", "words"), HELP, ids=["ingest", "index", "answer"])
def test_help_names_every_option_of_the_contract(run, command, words):
    result = run(command, "--help")
    assert result.exit_code == 0
    for word in words:
        assert word in result.output


USAGE = [  # (command, arguments, what the message says, reason)
    (index, [], "Give a QUERY or --queries", "neither a query nor a file"),
    (answer, [], "Give a QUESTION or --questions", "neither a question nor a file"),
    (ingest, [], "Missing argument", "no folder"),
    (index, ["x", "--as-of", "yesterday"], "'yesterday' is not a date", "a day in words"),
    (answer, ["x", "--as-of", "2024-02-31"], "'2024-02-31' is no day of the calendar", "no such day"),
    (index, ["x", "--top-k", "0"], "top-k", "no hits wanted"),
    (
        index,
        ["x", "--kind", "novel"],
        "--kind 'novel' is not in this index. Known are: ",
        "a kind that no document has",
    ),
    (index, ["x", "--collection", "Fiction"], "Known are: ", "a collection that no document is in"),
    (answer, ["x", "--prefer", "Fiction"], "no collection 'Fiction' in this index. Known are: ", "the same on ask"),
    (answer, ["x", "--only", "Fiction"], "no collection 'Fiction'", "the same, to be searched alone"),
    (index, ["x", "--prefer", "QHSR", "--only", "T visa"], "--prefer and --only were given", "two scopes"),
    (answer, ["x", "--everything", "--only", "T visa"], "Give one: --prefer NAME", "two scopes"),
    (index, ["--queries", "no-such-file.jsonl"], "no-such-file.jsonl", "no such file"),
    (index, ["x", "--colour"], "--colour", "an option that is not there"),
]


@pytest.mark.parametrize(("command", "arguments", "says", "reason"), USAGE)
def test_usage_errors_end_with_2_and_say_what_is_wrong(run, tiny_index_dir, command, arguments, says, reason):
    where = [] if command is ingest else ["--index", tiny_index_dir]
    result = run(command, *arguments, *where)
    assert result.exit_code == 2, reason
    assert says in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [index, answer])
def test_without_an_index_it_says_how_to_build_one(run, tmp_path, command):
    result = run(command, "coercion", "--index", tmp_path / "none")
    assert result.exit_code == 2
    assert "pinpoint ingest" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", [index, answer])
def test_the_index_is_named_by_the_environment_too(run, tiny_index_dir, monkeypatch, command):
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    assert run(command, "coercion", "--json").exit_code == 0


def test_ingest_writes_where_the_environment_says(run, tiny_corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "named"))
    assert run(ingest, tiny_corpus).exit_code == 3
    assert (tmp_path / "named" / "CURRENT").is_file()


def test_search_as_json(run, tiny_index_dir, hit_fields):
    result = run(
        index, "reasonable request", "--index", tiny_index_dir, "--top-k", 3, "--as-of", "2025-01-01", "--json"
    )
    found = json.loads(result.stdout)
    assert {"id", "query", "route", "hits"} <= set(found)
    assert (found["query"], len(found["hits"])) == ("reasonable request", 3)
    assert all(set(hit) >= hit_fields for hit in found["hits"])
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]


def test_search_options_filter(run, tiny_index_dir):
    result = run(index, "trafficking", "--index", tiny_index_dir, "--kind", "statute", "--kind", "training", "--json")
    assert {hit["kind"] for hit in json.loads(result.stdout)["hits"]} <= {"statute", "training"}
    old = run(index, "eligible", "--index", tiny_index_dir, "--as-of", "2024-02-10", "--kind", "regulation", "--json")
    assert {hit["document_id"] for hit in json.loads(old.stdout)["hits"]} == {"rule-old"}


def test_search_as_text_says_where_and_whether_in_force(run, tiny_index_dir):
    shown = run(index, "8 CFR 214.11(b)(2)", "--index", tiny_index_dir, "--as-of", "2025-01-01").stdout
    assert "1. 8 CFR 214.11(b)(2)" in shown
    assert "NOT IN FORCE" in shown
    assert "physically present" in shown


def test_answer_as_json(run, tiny_index_dir):
    result = run(answer, "8 CFR 214.202(c)(1)", "--index", tiny_index_dir, "--as-of", "2025-01-01", "--json")
    found = json.loads(result.stdout)
    assert set(found) >= ANSWER
    assert found["status"] == "answered"
    assert all(set(citation) >= CITATION for citation in found["citations"])
    assert {"text", "citations"} <= set(found["statements"][0])
    assert len(found["hits"]) <= 10


def test_declining_is_not_an_error(run, tiny_index_dir):
    result = run(answer, "Does this applicant qualify for a T visa?", "--index", tiny_index_dir)
    assert result.exit_code == 0
    assert "Not decided." in result.stdout, "a decision is refused beside what the documents require"


def test_answer_as_text_quotes_and_cites(run, tiny_index_dir):
    shown = run(answer, "8 CFR 214.202(c)(1)", "--index", tiny_index_dir, "--as-of", "2025-01-01").stdout
    assert "is not required to comply with any reasonable request for assistance." in shown
    assert "[1] 8 CFR 214.202(c)(1)" in shown


BATCHES = [(index, "--queries", "query"), (answer, "--questions", "question")]


@pytest.mark.parametrize(("command", "option", "field"), BATCHES, ids=["index", "answer"])
def test_a_batch_gives_one_line_out_for_each_line_in(run, tiny_index_dir, tmp_path, command, option, field):
    asked = [
        {field: "coercion", "id": "a"},
        {field: "8 CFR 214.202(c)(1)", "id": "b", "as_of": None},
        {field: "eligible for T-1 status", "id": "c", "as_of": "2024-02-10"},
        {field: "“quoted” naïve §"},
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in asked) + "\n\n", encoding="utf-8")
    result = run(command, option, file, "--index", tiny_index_dir)
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["id"], line[field]) for line in lines] == [(line.get("id"), line[field]) for line in asked]
    assert lines[2]["hits"][0]["document_id"] != "rule-now", "each line has its own day"
    assert lines[1]["hits"][0]["section"] == "8 CFR 214.202(c)(1)"


BAD_LINES = [
    ("not json", "an object such as", "no JSON"),
    ('["a"]', "an object such as", "a list"),
    ('{"text": "x"}', "an object such as", "another field"),
    ('{"FIELD": ""}', "must be a text that is not empty", "an empty text"),
    ('{"FIELD": 7}', "must be a text", "a number"),
    ('{"FIELD": "x", "as_of": "soon"}', "an object such as", "a day in words"),
]


@pytest.mark.parametrize(("line", "says", "reason"), BAD_LINES)
@pytest.mark.parametrize("batch", BATCHES, ids=["index", "answer"])
def test_a_bad_line_is_named_with_its_number(run, tiny_index_dir, tmp_path, batch, line, says, reason):
    command, option, field = batch
    file = tmp_path / "batch.jsonl"
    file.write_text(f'{{"FIELD": "coercion"}}\n{line}\n'.replace("FIELD", field), encoding="utf-8")
    result = run(command, option, file, "--index", tiny_index_dir)
    assert result.exit_code == 2, reason
    assert "batch.jsonl, line 2" in result.stderr
    assert says in result.stderr
    assert len(result.stdout.splitlines()) == 1, "what was asked before it is answered"


@pytest.mark.parametrize("batch", BATCHES, ids=["index", "answer"])
def test_a_question_and_a_batch_may_come_on_standard_input(monkeypatch, make_embedder, tiny_index_dir, batch):
    command, option, field = batch
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    one = CliRunner().invoke(command, ["-", "--json", "--index", str(tiny_index_dir)], input="continued presence\n")
    assert json.loads(one.stdout)[field] == "continued presence"
    line = json.dumps({field: "coercion", "id": "a"})
    several = CliRunner().invoke(command, [option, "-", "--index", str(tiny_index_dir)], input=f"{line}\n")
    assert json.loads(several.stdout)["id"] == "a"
    none = CliRunner().invoke(command, ["-", "--index", str(tiny_index_dir)], input=" \n")
    assert (none.exit_code, "Standard input holds no question" in none.stderr) == (2, True)


@pytest.mark.parametrize(
    "line", ['{"FIELD": "zqsecret", "as_of": "soon"}', '{"FIELD": ["zqsecret"]}', '{"FIELD": "zqsecret"']
)
@pytest.mark.parametrize("batch", BATCHES, ids=["index", "answer"])
def test_no_error_repeats_a_question(run, tiny_index_dir, tmp_path, batch, line):
    command, option, field = batch
    (tmp_path / "batch.jsonl").write_text(line.replace("FIELD", field), encoding="utf-8")
    result = run(command, option, tmp_path / "batch.jsonl", "--index", tiny_index_dir)
    assert result.exit_code == 2 and "zqsecret" not in result.output


def test_a_query_and_a_file_at_once_is_a_usage_error(run, tiny_index_dir, tmp_path):
    (tmp_path / "batch.jsonl").write_text("", encoding="utf-8")
    assert run(index, "x", "--queries", tmp_path / "batch.jsonl", "--index", tiny_index_dir).exit_code == 2


SCOPES = [
    ([], "Everything was searched.", "an index without a preference"),
    (["--prefer", "QHSR"], "QHSR first; everything was searched.", "another first"),
    (["--only", "T visa"], "Only T visa was searched.", "one alone"),
    (["--prefer", "T visa", "--prefer", "QHSR"], "T visa and QHSR first; everything was searched.", "two first"),
    (["--everything"], "Everything was searched.", "said so"),
]


@pytest.fixture(params=[(index, "--queries", "query"), (answer, "--questions", "question")], ids=["search", "ask"])
def asked(request, run, tiny_index_dir, tmp_path):
    """``asked(*options)``: text, JSON and one line of a batch, of either command."""
    command, batch, field = request.param
    (tmp_path / "batch.jsonl").write_text(json.dumps({field: "coercion of a victim"}), encoding="utf-8")

    def both(*options):
        where = ["--index", tiny_index_dir, *options]
        one = [run(command, "coercion of a victim", *form, *where).stdout for form in ([], ["--json"])]
        return one[0], json.loads(one[1]), json.loads(run(command, batch, tmp_path / "batch.jsonl", *where).stdout)

    return both


@pytest.mark.parametrize(("options", "scope", "reason"), SCOPES)
def test_the_scope_is_taken_and_named(asked, options, scope, reason):
    text, single, line = asked(*options)
    assert scope in text, reason
    assert single["scope"] == line["scope"] == scope
