"""docs/json.md says what the commands print with ``--json``: names, order and types."""

import importlib.util
import json
import shutil
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from answer.__main__ import main as answer
from answer.records import Conflict, SummarySentence
from drafts.commands.check import check
from index.__main__ import main as index
from index.cluster.health import Health, NodeHealth
from ingest.__main__ import main as ingest
from ingest.commands.import_references import import_list
from ingest.references.records import Imported
from ingest.sources.fetch import Fetched
from ingest.watching.told import What, told
from pinpoint.__main__ import main as pinpoint

DOCS = Path(__file__).resolve().parents[1] / "docs"
AS_OF = ("--as-of", "2025-01-01", "--json")


@pytest.fixture(scope="module")
def json_fields():
    """The module that writes the page; docs/ is no package."""
    found = importlib.util.spec_from_file_location("json_fields", DOCS / "json_fields.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def printed(monkeypatch, make_embedder, tiny_index_dir, tmp_path):
    """``printed(command, *arguments)``: the JSON that a command prints about a copy of the small index."""
    shutil.copytree(tiny_index_dir, tmp_path / "index")
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)

    def run(command, *arguments, typed="", code=0):
        result = CliRunner().invoke(command, [*arguments, "--index", str(tmp_path / "index")], input=typed)
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    return run


def test_the_page_is_what_the_records_say(json_fields):
    remedy = "run python docs/json_fields.py --write"
    assert (DOCS / "json.md").read_text(encoding="utf-8") == json_fields.page(), remedy


def test_the_fields_are_printed_under_these_names_in_this_order(json_fields, printed, ledger_corpus):
    listed = {target.name: list(target.fields) for target in json_fields.OBJECTS}
    searched = printed(index, "reasonable request", *AS_OF)
    asked = printed(answer, "What is the annual cap on T-1 visas?", *AS_OF)
    cited = printed(answer, "8 CFR 214.202(c)(1)", *AS_OF)
    intake = printed(ingest, "report", "--json")
    sound = printed(index, "doctor", "--json")
    compared = printed(index, "compare", "--json")
    checked = printed(check, "-", *AS_OF, typed="See 8 CFR 214.11(b).", code=1)
    links = printed(index, "links", "8 CFR 214.202", "--json")
    examples = [
        ("Search result", [searched]),
        ("Hit", [*searched["hits"], *asked["hits"], *cited["related"]]),
        ("Answer", [asked, cited]),
        ("Statement", [*asked["statements"], *cited["statements"]]),
        ("Citation", [*asked["citations"], *cited["citations"]]),
        ("Intake report", [intake]),
        ("File of the intake report", intake["files"]),
        ("Doctor's report", [sound]),
        ("Finding", sound["findings"]),
        ("Generation", printed(index, "generations", "--json")),
        ("Removed generations", [printed(index, "prune", "--keep", "9", "--json")]),
        ("Checked draft", [checked]),
        ("Finding of a draft", checked["findings"]),
        ("Comparison", compared),
        ("Paragraphs compared", [pair for entry in compared for pair in entry["pairs"]]),
        ("Links", links),
        ("Report of an ingest", [printed(ingest, str(ledger_corpus), "--json")]),  # last: it replaces the index
    ]
    for name, entries in examples:
        assert entries, name
        for entry in entries:
            assert list(entry) == listed[name], name


def test_settings_and_events_of_a_watch_have_their_fields(json_fields, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    listed = {target.name: list(target.fields) for target in json_fields.OBJECTS}
    settings = json.loads(CliRunner().invoke(pinpoint, ["settings", "--json"]).stdout)
    assert list(settings) == listed["Settings"]
    assert {tuple(setting) for setting in settings["settings"]} == {tuple(listed["Setting"])}
    assert list(told("watching", "Watching.").as_json()) == listed["Event of a watch"]
    events = next(target for target in json_fields.OBJECTS if target.name == "Event of a watch").said["event"][1]
    assert not [event for event in get_args(What) if f"`{event}`" not in events]


def test_rare_objects_have_the_fields_of_their_records(json_fields):
    listed = {target.name: target.fields for target in json_fields.OBJECTS}
    for name, record in (
        ("Conflict", Conflict),
        ("Summary sentence", SummarySentence),
        ("Fetched source", Fetched),
        ("Imported reference", Imported),
        ("Health of a cluster", Health),
        ("Node of a cluster", NodeHealth),
    ):
        assert [field.name for field in fields(record)] == listed[name]


def test_an_import_has_its_fields(json_fields, tmp_path):
    (tmp_path / "review.md").write_text("# Review\n", encoding="utf-8")
    (tmp_path / "list.ris").write_text("TY  - RPRT\nTI  - Review\nER  - \n", encoding="utf-8")
    said = CliRunner().invoke(import_list, [str(tmp_path / "list.ris"), "--corpus", str(tmp_path), "--json"])
    listed = {target.name: list(target.fields) for target in json_fields.OBJECTS}
    assert list(json.loads(said.stdout)) == listed["Import of references"]
    assert [list(one) for one in json.loads(said.stdout)["records"]] == [listed["Imported reference"]]


def test_a_field_that_no_record_has_is_refused(json_fields):
    with pytest.raises(KeyError, match="No record of 'Hit' has 'colour'"):
        json_fields.explained(json_fields.OBJECTS[1], "colour")
