"""The accountability papers say what the evidence says: OpenACR by its schema and its rule, numbers and hashes."""

import json
import re
import runpy
import tomllib
from datetime import date
from pathlib import Path

import pytest

from index.models.embedding import WEIGHTS_SHA256
from index.ranking.reranking import PINNED

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
criteria = pytest.importorskip("benchmarks.barriers.criteria")
levels = pytest.importorskip("benchmarks.barriers.levels")
Machine, Tried = criteria.Machine, criteria.Tried

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "accountability"


@pytest.fixture(scope="module")
def record():
    return yaml.safe_load((FOLDER / "openacr.yaml").read_text(encoding="utf-8"))


def answers(record):
    """Number, component and adherence of each answer."""
    for chapter in record["chapters"].values():
        for criterion in chapter.get("criteria", ()):
            for component in criterion["components"]:
                yield criterion["num"], component["name"], component["adherence"]


def test_the_report_is_what_the_schema_wants(record):
    schema = json.loads((FOLDER / "openacr-0.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(record)
    broken = {**record, "chapters": {"success_criteria_level_a": {"criteria": [{"components": []}]}}}
    assert not jsonschema.Draft7Validator(schema).is_valid(broken), "a criterion without its number"


def test_the_report_answers_every_criterion_of_its_catalog_once(record):
    wanted = [
        (number, component)
        for chapter in criteria.chapters()
        for number, _ in chapter.criteria
        for component in chapter.components
    ]
    assert [(number, component) for number, component, _ in answers(record)] == wanted
    assert len(wanted) > 140
    assert {adherence["level"] for _, _, adherence in answers(record)} <= set(levels.LEVELS)


def test_the_files_are_what_the_evidence_says():
    written = runpy.run_path(str(ROOT / "docs" / "openacr.py"))["written"]()
    for file, text in written.items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name}: python docs/openacr.py --write"


def test_nothing_is_supported_that_nobody_tried(record):
    entries = tomllib.loads((FOLDER / "tried.toml").read_text(encoding="utf-8"))["tried"]
    for number, component, adherence in answers(record):
        own = [entry for entry in entries if number in entry["criteria"] and entry["component"] == component]
        if adherence["level"] == "supports":
            whole = {entry["rests_on"] for entry in own if entry["covers"] == "all"}
            assert whole & {"seen", "by definition"}, f"{number} rests on automated runs or on reading"
            assert "Left undecided" not in adherence["notes"] or "by definition" in whole, number
            assert all(entry["result"] == "passes" for entry in own), number
        if not own:
            assert adherence["level"] in ("not-evaluated", "partially-supports"), number
        if adherence["level"] == "not-evaluated":
            assert "Not tested." in adherence["notes"] or "No more is claimed" in adherence["notes"], number


def tried(result, covers="all", rests_on="seen"):
    return Tried(
        criteria=("1.1.1",),
        component="web",
        what="Looked at.",
        how="eyes",
        by="a maintainer",
        rests_on=rests_on,
        result=result,
        covers=covers,
        tried=date(2026, 12, 1),
    )


UNDECIDED = Machine(passed=("rule a",), undecided=("rule b on 2 pages",))
CLEAN, BROKEN, SILENT = Machine(passed=("rule a",)), Machine(broken=("rule a: ask",)), Machine()
LEVELS = [  # (machine, tried, level, reason)
    (SILENT, [], "not-evaluated", "nothing was tried"),
    (CLEAN, [], "not-evaluated", "a machine looks at a part of a criterion"),
    (BROKEN, [], "partially-supports", "a machine found something"),
    (CLEAN, [tried("passes")], "supports", "all of it was tried"),
    (SILENT, [tried("passes")], "supports", "all of it was tried, by hand alone"),
    (CLEAN, [tried("passes", rests_on="measured")], "not-evaluated", "an automated run alone"),
    (SILENT, [tried("passes", rests_on="read")], "not-evaluated", "code is not yet what people meet"),
    (
        CLEAN,
        [tried("passes", "part"), tried("passes", rests_on="measured")],
        "not-evaluated",
        "a part seen, the whole not",
    ),
    (UNDECIDED, [tried("passes")], "not-evaluated", "axe-core asks for a look at something"),
    (UNDECIDED, [tried("passes", rests_on="by definition")], "supports", "the standard says that it is met"),
    (SILENT, [tried("fails in part", rests_on="read")], "partially-supports", "a fault counts wherever it was found"),
    (CLEAN, [tried("passes", "part")], "not-evaluated", "the rest was not tried"),
    (BROKEN, [tried("passes")], "partially-supports", "a machine found what people did not"),
    (CLEAN, [tried("passes"), tried("fails in part")], "partially-supports", "the worse counts"),
    (CLEAN, [tried("passes"), tried("fails")], "does-not-support", "the worst counts"),
    (SILENT, [tried("does not apply")], "not-applicable", "there is nothing that it speaks of"),
    (CLEAN, [tried("does not apply")], "not-evaluated", "a machine met a case, so that it does apply"),
    (SILENT, [tried("does not apply"), tried("passes", "part")], "not-evaluated", "a part of it applies"),
]


@pytest.mark.parametrize(("machine", "entries", "level", "reason"), LEVELS, ids=[row[3] for row in LEVELS])
def test_a_level_is_never_better_than_the_evidence(machine, entries, level, reason):
    assert levels.level(machine, entries) == level, reason


def test_a_result_that_there_is_not_is_refused(tmp_path):
    for name in ("criteria.toml", "tried.toml"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace('result = "passes"', 'result = "perfect"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match="perfect"):
        criteria.what_was_tried(tmp_path)


def test_a_measurement_in_the_record_stands_on_its_page():
    text = (FOLDER / "transparency.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| `([^`]+)` \| \[[\w ]+\]\((\.\./measurements/[\w-]+\.md)\) \|", text)
    assert len(rows) >= 10
    for value, page in rows:
        assert value.replace("\\|", "|") in (FOLDER / page).read_text(encoding="utf-8"), f"{page} has no {value}"


def test_the_threshold_in_the_record_is_that_of_the_product():
    page = (ROOT / "docs" / "measurements" / "declining.md").read_text(encoding="utf-8")
    used = re.search(r"The product runs at ([\d.]+);", page)
    answered, wrongly = re.search(rf"\| elsewhere \| {used[1]} \| (\d+) \| (\d+) \|", page).groups()
    assert f"`{wrongly}` of `{answered}` answered" in (FOLDER / "transparency.md").read_text(encoding="utf-8")


def test_the_hashes_in_the_record_are_those_that_the_code_pins():
    text = (FOLDER / "transparency.md").read_text(encoding="utf-8")
    assert re.findall(r"`([0-9a-f]{64})`", text) == [WEIGHTS_SHA256, PINNED["model.onnx"]]
