"""Every printed paragraph has an address: the text is walked again, without the code that builds the tree."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.assembly import assemble
from ingest.passages import chunk
from ingest.records import AssembledDocument, FoundSection, Reading
from ingest.structure.sections import find_sections

_TOKEN = r"\((?:\d{1,2}|[a-z]{1,2}|[ivx]{1,5}|[A-Z]{1,2}|[IVX]{1,5})\)"
_LEADING = re.compile(rf"^((?:{_TOKEN}(?:\[\d+\])?\s*+)++)(?!\s*(?:,|;|and\b|or\b|through\b|of\b))")
_BEHIND_A_CAPTION = re.compile(r"(?:\.|:|\u2014)\s*\((1|i|A)\)\s+[A-Z]")
_NEXT = {"1": "2", "i": "ii", "A": "B"}
_ROMAN = re.findall("[ivx]+", "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx")
_CHARACTERS = [*"abcdefghijklmnopqrstuvwxyz"]
_NUMBERINGS = (
    [str(number) for number in range(1, 100)],
    _CHARACTERS,
    _ROMAN,
    [character * 2 for character in _CHARACTERS],
    [character.upper() for character in _CHARACTERS],
    [numeral.upper() for numeral in _ROMAN],
    [character.upper() * 2 for character in _CHARACTERS],
)


def _tokens(printed: str) -> list[str]:
    return re.findall(r"\((\w+)\)", printed)


def _printed(lines: Sequence[str]) -> list[str]:
    """Designators that the lines of one section print, in order: those that open a line, those behind its caption."""
    openings = [_tokens(match.group(1)) if (match := _LEADING.match(line)) else [] for line in lines]
    printed: list[str] = []
    for number, line in enumerate(lines):
        printed += openings[number]
        inside = _BEHIND_A_CAPTION.search(line) if openings[number] else None
        later = [token for opening in openings[number + 1 :] for token in opening]
        if inside and (listed := _listed(line, inside.group(1))):
            printed += listed
        elif inside and _continues(inside.group(1), openings[number][-1], later):
            printed.append(inside.group(1))
    return printed


def _listed(line: str, first: str) -> list[str]:
    """A list of sentences inside one line: ``(1) One. (2) Two.``; empty for fewer than two."""
    numbering = next(numbering for numbering in _NUMBERINGS if numbering[0] == first)
    found, end = [], 0
    for token in numbering:
        match = re.compile(rf"(?:\.|:|\u2014)\s*\({token}\)\s+[A-Z]").search(line, end)
        if not match:
            break
        found.append(token)
        end = match.end()
    return found if len(found) > 1 else []


def _continues(first: str, above: str, later: Sequence[str]) -> bool:
    """Tell whether the second of a list comes before the list begins again and before the paragraph above it ends."""
    ends = {first, *(following for n in _NUMBERINGS for one, following in zip(n, n[1:], strict=False) if one == above)}
    return next((token for token in later if token in ends or token == _NEXT[first]), "") == _NEXT[first]


def _path(citation: str) -> tuple[str, ...]:
    """Parts of an address below its section, defined terms included."""
    return tuple(re.findall(r"\(\w+\)(?=\(|$| \u201c)|\u201c.+?\u201d", citation))


def _below(sections: Sequence[FoundSection], citation: str) -> list[FoundSection]:
    return [
        section
        for section in sections
        if section.kind == "provision" and re.match(re.escape(citation) + r"(?:\(| \u201c)", section.citation)
    ]


def _check_paths(provisions: Sequence[FoundSection], sections: Sequence[FoundSection]) -> None:
    """Each address is its parent's and one designator more; siblings run on without a gap."""
    siblings = defaultdict(list)
    for section in provisions:
        parent = sections[section.parent]
        assert section.citation.startswith(parent.citation), section.citation
        own = section.citation[len(parent.citation) :]
        assert re.fullmatch(r"\(\w+\)", own), section.citation
        siblings[parent.citation].append(own[1:-1])
    for parent, tokens in siblings.items():
        assert any(tokens == numbering[: len(tokens)] for numbering in _NUMBERINGS), (parent, tokens)
    assert len({section.citation for section in provisions}) == len(provisions), "an address names one paragraph"


def _tree(reading: Reading, cited_as: str) -> tuple[AssembledDocument, tuple[FoundSection, ...]]:
    document = assemble(reading)
    return document, find_sections(document, cited_as=cited_as, title="T")


def _source_lines(path: Path, heading: str) -> list[str]:
    """Lines of one section of a text or Markdown file, mark-up taken off."""
    lines = [line.replace("*", "").lstrip("# ").strip() for line in path.read_text(encoding="utf-8").splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith(heading))
    ends = (number for number in range(first + 1, len(lines)) if re.match(r"§+ \d[\d.-]*[a-z]? +[A-Z]", lines[number]))
    return [line for line in lines[first + 1 : next(ends, len(lines))] if line]


SECTIONS = [  # (file, cited_as, heading, citation, least number of paragraphs)
    *(
        (
            "8cfr-214-subpart-c-t-nonimmigrant-2026-06-11.md",
            "8 CFR",
            f"§ 214.{number} ",
            f"8 CFR 214.{number}",
            0 if number == 200 else 2,
        )
        for number in range(200, 217)
    ),
    ("8cfr-214-11-2024-01-01.txt", "8 CFR", "§ 214.11 ", "8 CFR 214.11", 150),
    ("8cfr-214-14-2024-01-01.txt", "8 CFR", "§ 214.14 ", "8 CFR 214.14", 90),
    ("22usc-chapter-78-trafficking-victims-protection.md", "22 U.S.C.", "§ 7102.", "22 U.S.C. 7102", 40),
]


@pytest.mark.parametrize(("file", "cited_as", "heading", "citation", "least"), SECTIONS, ids=[s[3] for s in SECTIONS])
def test_every_paragraph_of_a_section_is_in_the_tree(real_corpus, read_real, file, cited_as, heading, citation, least):
    _, sections = _tree(read_real(file), cited_as)
    provisions = _below(sections, citation)
    printed = _printed(_source_lines(real_corpus / file, heading))
    assert len(printed) >= least, "the walk finds the paragraphs"
    assert [section.citation.rpartition("(")[2].rstrip(")") for section in provisions] == printed
    _check_paths(provisions, sections)


@pytest.fixture(scope="module")
def act(read_real):
    return _tree(read_real("ina-comps-1376-2025-02.pdf"), "INA")


@pytest.mark.slow
def test_every_letter_of_ina_101_a_15_is_in_the_tree(act):
    document, sections = act
    whole = next(section for section in sections if section.citation == "INA 101(a)(15)")
    provisions = _below(sections, "INA 101(a)(15)")
    printed = _printed(document.text[whole.start : whole.end].split("\n")[1:])
    found = [section.citation.rpartition("(")[2].rstrip(")") for section in provisions]
    assert [token for token in found if token.isupper() and token not in ("I", "II", "III", "IV", "V")] == [
        character for character in _NUMBERINGS[4][:22] if character not in ("I", "V")
    ]
    missing = list(printed)
    for token in found:
        if missing and token == missing[0]:
            missing.pop(0)
    assert missing == [], "what is printed at the start of a line is found, in order"


T_STATUS = re.findall(
    r"\S+",
    "(T) (T)(i) (T)(i)(I) (T)(i)(II) (T)(i)(III) (T)(i)(III)(aa) (T)(i)(III)(bb) (T)(i)(III)(cc) (T)(i)(IV) "
    "(T)(ii) (T)(ii)(I) (T)(ii)(II) (T)(ii)(III)",
)
U_STATUS = re.findall(
    r"\S+", "(U) (U)(i) (U)(i)(I) (U)(i)(II) (U)(i)(III) (U)(i)(IV) (U)(ii) (U)(ii)(I) (U)(ii)(II) (U)(iii)"
)


@pytest.mark.slow
@pytest.mark.parametrize("paths", [T_STATUS, U_STATUS], ids=["T", "U"])
def test_victims_paragraphs_of_ina_101_a_15_as_they_are_cited(act, paths):
    _, sections = act
    below = [s for s in sections if s.citation.startswith("INA 101(a)(15)" + paths[0])]
    assert [s.citation.removeprefix("INA 101(a)(15)") for s in below] == paths
    _check_paths(below[1:], sections)


def test_the_walk_finds_what_is_printed():
    lines = ["(a) Filing. (1) Who. Anyone.", "(2) When.", "(b)(1) Fee, see paragraph (a)(1).", "(c), (d) and (e)."]
    assert _printed(lines) == ["a", "1", "2", "b", "1"]


@pytest.mark.slow
def test_what_is_indexed_with_a_paragraph_says_what_it_belongs_to(act):
    document, sections = act
    passages = chunk(document, sections, document_id="ina", title="INA")
    parent = next(s for s in sections if s.citation == "INA 101(a)(15)(T)(ii)(III)")
    passage = next(p for p in passages if p.start <= parent.start < p.end)
    assert "every alien except an alien" not in passage.text, "the lead-in comes from above"
    for words in ("every alien except an alien", "accompanying, or following to join", "danger of retaliation"):
        assert words in passage.indexed_text, words
