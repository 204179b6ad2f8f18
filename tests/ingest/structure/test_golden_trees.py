"""Section trees of real documents, as they were read against the documents and found right.

``python tests/ingest/structure/test_golden_trees.py`` writes ``tests/golden/trees/*.txt`` again; look
at the difference before keeping it.
With ids of documents behind it, it prints for each how many sections there are, which of those that the
document lists in its contents are missing, and where the numbering of paragraphs has a gap.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.assembly import assemble
from ingest.readers.registry import read_document
from ingest.records import FoundSection, Reading
from ingest.structure.sections import find_sections

FOLDER = Path(__file__).parents[2] / "golden" / "trees"
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus-real"
WHOLE: Sequence[str] = ()
TREES: dict[str, Sequence[str]] = {  # id of the document → citations below which it is shown; none: all of it
    "8cfr-214-subpart-c": WHOLE,
    "8cfr-214-11": WHOLE,
    "8cfr-214-14": WHOLE,
    "8cfr-245-24": WHOLE,
    "22usc-ch78": ("22 U.S.C. 7102", "22 U.S.C. 7105"),
    "18usc-ch77": WHOLE,
    "8usc-1182-1324": ("8 U.S.C. 1182(a)", "8 U.S.C. 1182(d)"),
    "ina": ("INA 101(a)(15)", "INA 212(a)", "INA 214", "INA 245"),
    "uscis-pm-3-b": WHOLE,
    "uscis-pm-9-o": WHOLE,
    "uscis-pm-7-j": WHOLE,
    "uscis-pm-8-b-4": WHOLE,
    "i-485-instructions": WHOLE,
    "i-864-instructions": WHOLE,
    "i-129f-instructions": WHOLE,
    "fr-faa-proposed-rule-2020-17221": WHOLE,
}
_WIDTH = 150


def _entry(document_id: str, corpus: Path) -> dict[str, str]:
    manifest = tomllib.loads((corpus / "manifest.toml").read_text(encoding="utf-8"))
    return next(entry for entry in manifest["document"] if entry["id"] == document_id)


def render(document_id: str, corpus: Path, read: Callable[[str], Reading]) -> str:
    """The tree of a document: one line a section, then how many there are of each kind."""
    entry = _entry(document_id, corpus)
    document = assemble(read(entry["file"]))
    sections = find_sections(document, cited_as=entry.get("cited_as", ""), title=entry["title"])
    shown = [section for number, section in enumerate(sections) if _is_shown(sections, number, TREES[document_id])]
    lines = [f"{'  ' * s.depth}{s.citation} | {s.kind} | {s.heading}"[:_WIDTH].rstrip() for s in shown]
    kinds = Counter(section.kind for section in sections)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return "\n".join([*lines, f"-- whole document: {counts}", ""])


def _is_shown(sections: Sequence[FoundSection], number: int, shown: Sequence[str]) -> bool:
    """Tell whether a section or one above it is shown."""
    while number > 0 and shown:
        if sections[number].citation in shown:
            return True
        number = sections[number].parent
    return not shown


@pytest.mark.slow
@pytest.mark.parametrize("document_id", TREES)
def test_the_tree_is_the_one_that_was_reviewed(real_corpus, read_real, document_id):
    golden = (FOLDER / f"{document_id}.txt").read_text(encoding="utf-8")
    assert render(document_id, real_corpus, read_real).split("\n") == golden.split("\n")


def test_there_is_a_golden_tree_for_each_document_and_no_other():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(TREES)


def report(document_id: str, corpus: Path) -> str:
    """Counts of a code: sections listed in its contents and found, gaps in the numbering, addresses given twice."""
    entry = _entry(document_id, corpus)
    document = assemble(read_document(corpus / entry["file"]))
    sections = find_sections(document, cited_as=entry["cited_as"], title=entry["title"])
    listed = set(re.findall(r"(?m)^(?:Sec\. |§ ?)?(\d+[A-Za-z]?(?:\.\d+[a-z]?)?)\.? (?=[A-Z])", document.text))
    heads = {s.citation.rpartition(" ")[2] for s in sections if s.citation.startswith(entry["cited_as"] + " ")}
    listed = {number for number in listed if ("." in number) == (entry["cited_as"].endswith("CFR"))}
    addresses = Counter(section.citation for section in sections if section.kind == "provision")
    twice = [address for address, count in addresses.items() if count > 1]
    kinds = Counter(section.kind for section in sections)
    return (
        f"{document_id}: {dict(kinds)}; sections listed {len(listed)}, of them not found {sorted(listed - heads)};"
        f" addresses given twice {len(twice)}; first of a list or next in it missing {len(_gaps(sections))}"
    )


def _gaps(sections: Sequence[FoundSection]) -> list[str]:
    """Paragraphs that are not the first of their kind, or do not follow the one before them."""
    gaps, before = [], {}
    for section in sections:
        if section.kind == "provision":
            token = section.citation.rpartition("(")[2].rstrip(")")
            previous = before.get(section.parent)
            ordinals = set(_ordinals(token))
            expected = (
                {(kind, ordinal + 1) for kind, ordinal in previous} if previous else {(kind, 1) for kind, _ in ordinals}
            )
            if not ordinals & expected:
                gaps.append(section.citation)
            before[section.parent] = ordinals
    return gaps


def _ordinals(token: str) -> list[tuple[str, int]]:
    """Numberings to which a designator may belong, with its ordinal in each."""
    if token.isdigit():
        return [("1", int(token))]
    case, lower = ("a" if token.islower() else "A"), token.lower()
    ordinals = [(case * len(token), ord(lower[0]) - 96)] if len(set(lower)) == 1 else []
    if len(token) > 1 and len(set(lower)) == 1:
        ordinals.append((case, 26 * (len(token) - 1) + ord(lower[0]) - 96))
    if re.fullmatch(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})", lower):
        values = [{"i": 1, "v": 5, "x": 10, "l": 50}[numeral] for numeral in lower]
        pairs = zip(values, [*values[1:], 0], strict=True)
        ordinals.append((f"{case} roman", sum(-one if one < following else one for one, following in pairs)))
    return ordinals


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:]:
        sys.stdout.write(report(name, CORPUS) + "\n")
    for name in TREES if len(sys.argv) == 1 else ():
        tree = render(name, CORPUS, lambda file: read_document(CORPUS / file))
        (FOLDER / f"{name}.txt").write_text(tree, encoding="utf-8")
