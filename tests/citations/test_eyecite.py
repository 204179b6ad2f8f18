"""Recognition compared with eyecite, an independent reader of citations, where both apply.

``python -m pytest tests/citations/test_eyecite.py -s`` prints what was compared and every difference.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from citations.parse import parse_citations

eyecite = pytest.importorskip("eyecite", reason="eyecite is not installed: pip install -e '.[dev]'")
models = pytest.importorskip("eyecite.models")

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus-real"
TEXTS = sorted([*CORPUS.glob("*.md"), *CORPUS.glob("*.txt")])
_MENTION = re.compile(r"C\.?\s?F\.?\s?R|U\.?\s?S\.?\s?C|F(?:ed\.)? ?R")
SENTENCES = 4000  # of each text, from the start
BLUEBOOK = [
    "8 U.S.C. § 1101(a)(15)(T)",
    "22 U.S.C. § 7102(11)",
    "18 U.S.C. §§ 1589",
    "8 C.F.R. § 214.202",
    "8 C.F.R. § 214.11(d)(3)",
    "28 C.F.R. § 1100.35",
    "89 Fed. Reg. 34864",
    "81 Fed. Reg. 92266",
]
KNOWN = {
    # (what eyecite reads, as title, code and number): why we read something else
    ("22", "U.S.C.", "7101-7103"): "eyecite takes a range for one number; we read each of its sections",
}


def _theirs(sentence: str) -> Iterator[tuple[tuple[str, str, str], int]]:
    """(title, code, number) of what eyecite finds, and where it stands."""
    for found in eyecite.get_citations(sentence) if sentence else ():
        groups, start = found.groups, found.span()[0]
        if isinstance(found, models.FullLawCitation):
            code = re.sub(r"\s", "", groups["reporter"])
            if code in ("C.F.R.", "U.S.C.", "CFR", "USC"):
                title = groups.get("title") or groups.get("volume") or groups.get("chapter") or ""
                yield (title, code, groups.get("section") or groups.get("page") or ""), start
            elif code in ("Fed.Reg.", "FR"):
                yield (groups["volume"], code, (groups["page"] or "").replace(",", "")), start


def _recognised(sentence: str, title: str, code: str, number: str) -> bool:
    ours = {"C.F.R.": "CFR", "CFR": "CFR", "U.S.C.": "U.S.C.", "USC": "U.S.C."}.get(code, "FR")
    section = number.partition("(")[0]
    found = [one for one in parse_citations(sentence) if one.code == f"{title} {ours}"]
    return any(one.number == section for one in found)


def _differences(sentences: list[str]) -> tuple[int, list[tuple[tuple[str, str, str], str]]]:
    compared, missed = 0, []
    for sentence in sentences:
        for key, start in _theirs(sentence):
            compared += 1
            if not _recognised(sentence, *key):
                missed.append((key, sentence[max(start - 20, 0) : start + 60]))
    return compared, missed


def _report(name: str, compared: int, missed: list[tuple[tuple[str, str, str], str]]) -> None:
    print(f"\n{name}: {compared} citations that eyecite reads, {len(missed)} that we read otherwise")
    for key, around in missed:
        print(f"  {' '.join(key)!r}: {KNOWN.get(key, 'NOT REVIEWED')}: …{around}…")


def _reviewed(missed: list[tuple[tuple[str, str, str], str]]) -> list[tuple[str, str, str]]:
    return [key for key, _ in missed if key not in KNOWN]


@pytest.mark.parametrize("citation", BLUEBOOK)
def test_eyecite_reads_the_forms_that_are_compared(citation):
    assert [key for key, _ in _theirs(f"See {citation}.")], "otherwise this comparison would prove nothing"


def test_the_table_of_cases():
    groups = tomllib.loads((HERE / "citation_cases.toml").read_text(encoding="utf-8"))["group"]
    compared, missed = _differences([*BLUEBOOK, *(row[0] for group in groups for row in group["rows"])])
    _report("citation_cases.toml", compared, missed)
    assert compared > 20
    assert not _reviewed(missed)


@pytest.mark.skipif(not TEXTS, reason=f"no texts in {CORPUS.name}")
@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_the_sentences_of_real_documents(file):
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if _MENTION.search(line)]
    sentences = [part for line in lines for part in re.split(r"(?<=[a-z)\d][.;]) (?=[A-Z])", line)][:SENTENCES]
    compared, missed = _differences(sentences)
    _report(file.name, compared, missed)
    assert not _reviewed(missed)
