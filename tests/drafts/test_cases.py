"""Drafts as people write them, over real documents: what a check says of each is compared with what a reader would."""

import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drafts.checking.check import check_draft
from drafts.records import NEEDS_A_LOOK, Check, Draft, DraftPart
from index.search import HybridIndex, load_index

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["draft"]
IDS = [case["name"] for case in CASES]
DOCUMENTS = (
    "8cfr-214-subpart-c-t-nonimmigrant-2026-06-11.md",
    "8cfr-214-11-2024-01-01.txt",
    "8cfr-212-16-2024-01-01.txt",
    "22usc-chapter-78-trafficking-victims-protection.md",
    "18usc-chapter-77-1581-1597.md",
    "uscis-pm-vol9-part-o-victims-of-trafficking.md",
)
MARK = re.compile(r"\^(\w+)\^")


def part_of(number: int, case: dict[str, object], anchor: int) -> DraftPart:
    """A part of a case; the marks of its notes are taken out of the text."""
    text, marks = str(case["text"]), []
    while match := MARK.search(text):
        marks.append((match.start(), match.group(1)))
        text = text[: match.start()] + text[match.end() :]
    made = DraftPart(number=number, text=text, where=f"paragraph {number + 1}", note_marks=tuple(marks))
    if "note" in case:
        return replace(made, story="note", where=f"footnote {case['note']}", anchor=anchor)
    return replace(made, block_quote=bool(case.get("block")), anchor=number)


@pytest.fixture(scope="session")
def real_index(
    real_corpus: Path, run_ingest: Callable[..., object], tmp_path_factory: pytest.TempPathFactory, fake_embedder
) -> HybridIndex:
    """An index of six real documents, with their entries of the manifest and the crosswalk."""
    folder = tmp_path_factory.mktemp("real-drafts")
    manifest = (real_corpus / "manifest.toml").read_text(encoding="utf-8")
    tables = re.split(r"(?m)^(?=\[\[)", manifest)
    wanted = [one for one in tables if one.startswith("[[crosswalk]]") or any(f'"{name}"' in one for name in DOCUMENTS)]
    (folder / "corpus").mkdir()
    for name in DOCUMENTS:
        shutil.copy(real_corpus / name, folder / "corpus" / name)
    (folder / "corpus" / "manifest.toml").write_text("".join(wanted), encoding="utf-8")
    run_ingest(folder / "corpus", folder / "index")
    return load_index(folder / "index", fake_embedder)


@pytest.fixture(scope="session")
def checks(real_index: HybridIndex) -> dict[str, Check]:
    """Every case, checked once."""
    made = {}
    for case in CASES:
        parts = tuple(part_of(number, part, 0) for number, part in enumerate(case["parts"]))
        draft = Draft(name=case["name"], format="docx", parts=parts)
        made[case["name"]] = check_draft(real_index, draft, date.fromisoformat(case["as_of"]))
    return made


EXPECTED = [(case["name"], expected) for case in CASES for expected in case["says"]]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "expected"), EXPECTED, ids=[f"{name}: {one['text']}" for name, one in EXPECTED])
def test_a_check_says_what_a_reader_would(checks, name, expected):
    kind = expected["kind"]
    found = [one for one in checks[name].findings if one.kind == kind and one.text.startswith(expected["text"])]
    if kind == "citation":  # "8 CFR 214.11(d)" is not the beginning of another
        found = [one for one in found if one.text.rstrip(" .") == expected["text"]]
    assert found, f"no {kind} {expected['text']!r} among {[(one.kind, one.text) for one in checks[name].findings]}"
    one = found[0]
    assert one.state in expected["states"], one.sentence
    assert one.citation.startswith(expected.get("citation", "")), one.sentence
    assert one.now.startswith(expected.get("now", "")), one.sentence


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_nothing_else_is_called_wrong(checks, case):
    check = checks[case["name"]]
    texts = [part.text for part in check.draft.parts]
    innocent = [
        (number, text.index(words), text.index(words) + len(words))
        for words in case.get("not", ())
        for number, text in enumerate(texts)
        if words in text
    ]
    assert len(innocent) == len(case.get("not", ())), "a case names words that its draft does not have"
    accused = [
        one
        for one in check.findings
        for part, start, end in innocent
        if one.part == part and one.start < end and start < one.end and one.state in NEEDS_A_LOOK
    ]
    assert not accused, [(one.text, one.state, one.sentence) for one in accused]
    wrong = [one for expected in case["says"] for one in [expected["text"]] if set(expected["states"]) & NEEDS_A_LOOK]
    alarms = [
        one
        for one in check.findings
        if one.state in NEEDS_A_LOOK and not any(one.text.startswith(text) for text in wrong)
    ]
    assert not alarms, [(one.text, one.state, one.sentence) for one in alarms]
