"""Legal citations: every way in which people write them gives the one canonical form.

The cases stand in citation_cases.toml.
"""

import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.designators import kind_at, placed, through
from citations.keys import citation_keys, variants
from citations.parse import LegalCitation, ancestors, parse_citations, whole_citation

GROUPS = tomllib.loads(Path(__file__).with_name("citation_cases.toml").read_text(encoding="utf-8"))["group"]
CASES = [(group["within"], *row) for group in GROUPS for row in group["rows"]]
ANYWHERE = (
    "one way to write it", "codes and titles in words", "misread characters", "ranges and lists", "several at once"
)  # fmt: skip
IN_SENTENCES = [row for group in GROUPS if group["name"] in ANYWHERE for row in group["rows"]]


def _position(citation: LegalCitation) -> LegalCitation:
    return replace(citation, start=0, end=0)


def _within(canonical: str) -> LegalCitation | None:
    return _position(parse_citations(canonical)[0]) if canonical else None


def _forms(text: str, within: LegalCitation | None = None) -> list[str]:
    return [str(citation) for citation in parse_citations(text, within)]


def test_the_table_is_large_and_no_row_stands_twice():
    assert len(CASES) >= 300
    assert len({(within, text) for within, text, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("within", "text", "canonical", "reason"), CASES)
def test_what_a_text_cites(within, text, canonical, reason):
    assert _forms(text, _within(within)) == canonical, reason


@pytest.mark.parametrize(("text", "canonical", "reason"), IN_SENTENCES)
def test_the_same_inside_a_sentence(text, canonical, reason):
    assert _forms(f"The officer applied {text} to it") == canonical, reason


@pytest.mark.parametrize(("within", "text", "canonical", "reason"), CASES)
def test_spans_lie_on_what_they_name(within, text, canonical, reason):
    found = parse_citations(text, _within(within))
    for citation in found:
        assert 0 <= citation.start < citation.end <= len(text), reason
        assert any(character.isalnum() for character in text[citation.start : citation.end]), reason
    for one, other in zip(found, found[1:], strict=False):
        assert one.end <= other.start or (one.start, one.end) == (other.start, other.end), reason


@pytest.mark.parametrize(
    ("text", "spans", "reason"),
    [
        (
            "As 8 C.F.R. § 214.202(c)\u00a0(1) and INA 214(o) say",
            ["8 C.F.R. § 214.202(c)\u00a0(1)", "INA 214(o)"],
            "look-alike characters keep their places",
        ),
        ("8 CFR 214.202(b)(1), (2), and (4).", ["8 CFR 214.202(b)(1)", "(2)", "(4)"], "each member of a list its own"),
        ("sections 214(o) and 245(l) of the Act", ["sections 214(o)", "245(l) of the Act"], "the Act with the last"),
        ("§§ 214.206–214.208;", ["§§ 214.206", "214.208", "214.208"], "what a range leaves out stands at its end"),
        ("see Form I-914, Supplement B, page 2", ["Form I-914, Supplement B"], "the supplement is part of it"),
        ("89 FR 34864, 34900 (2024)", ["89 FR 34864", "34900"], "two pages"),
        ("3 USCIS-PM B.2, footnote 12.", ["3 USCIS-PM B.2, footnote 12"], "with the footnote"),
    ],
)
def test_spans_point_at_the_citation(text, spans, reason):
    assert [text[citation.start : citation.end] for citation in parse_citations(text)] == spans, reason


@pytest.mark.parametrize(
    ("query", "whole", "reason"),
    [
        ("8 CFR 214.202(c)", True, "nothing else"),
        ("show me 8 CFR 214.202(c)", True, "only words that ask for the text"),
        ("What does § 214.202(c) say?", True, "the same as a question"),
        ("8 CFR 214.206 and 214.207", True, "two of them"),
        ("sections 214(o) and 245(l) of the Act", True, "the words behind belong to it"),
        ("214.202(a)–(d)", True, "a range"),
        ("show me footnote 12 of chapter 2", True, "a footnote"),
        ("Form I-914, Supplement B", True, "a form"),
        ("what does DHS Directive 002-02 say?", True, "a directive"),
        ("8 CFR 214.202(c) minor victims", False, "asks for more than the text"),
        ("Does 8 CFR 214.202 apply to parents?", False, "a question about it"),
        ("Who signs Form I-914 Supplement B?", False, "a question about a form"),
        ("minor victims", False, "no citation"),
        ("", False, "nothing"),
    ],
)
def test_a_query_that_is_nothing_but_citations(query, whole, reason):
    assert bool(whole_citation(query)) == whole, reason


DESIGNATORS = st.lists(
    st.sampled_from(["a", "b", "h", "i", "l", "o", "ii", "iv", "A", "T", "II", "aa", "1", "2", "15"]), max_size=5
).map(tuple)
NOTES = st.sampled_from(["", "1", "12"])


def _sections(codes: list[str], numbers: list[str]) -> st.SearchStrategy[LegalCitation]:
    return st.builds(LegalCitation, st.sampled_from(codes), st.sampled_from(numbers), DESIGNATORS, NOTES)


def _documents(code: str, numbers: list[str]) -> st.SearchStrategy[LegalCitation]:
    return st.builds(LegalCitation, st.just(code), st.sampled_from(numbers))


SECTIONS = st.one_of(
    _sections(["8 CFR", "28 CFR"], ["214.202", "103.2", "1208.4", "274a.12"]),
    _sections(["8 U.S.C.", "22 U.S.C."], ["1101", "7102", "1229a", "1255a-1"]),
    _sections(["INA"], ["101", "214", "240A"]),
    _sections(["TVPA"], ["103", "107", "112A"]),
    _sections(["§"], ["214.202", "1184", "245.23"]),
    st.builds(
        LegalCitation,
        st.just("3 USCIS-PM"),
        st.sampled_from(["B", "B.2", "J.10"]),
        st.sampled_from([(), ("C",), ("C", "1")]),
        NOTES,
    ),
)
ANY = st.one_of(
    SECTIONS,
    _documents("Form", ["I-914", "I-914 Supplement B", "I-485 Instructions", "I-864A", "N-400"]),
    _documents("89 FR", ["34864", "412"]),
    _documents("QHSR", ["Mission 6", "Goal 6.1", "Objective 6.1.2"]),
    _documents("2023 QHSR", ["Mission 6"]),
    _documents("Pub. L.", ["106-386"]),
    _documents("Executive Order", ["13773"]),
    _documents("DHS Instruction", ["002-02-001"]),
    _documents("fn", ["12"]),
    st.builds(LegalCitation, st.just("DHS Directive"), st.just("112-01"), st.sampled_from([(), ("V",), ("V", "A")])),
)


@given(ANY)
def test_the_canonical_form_parses_to_itself(citation):
    found = parse_citations(str(citation))
    assert [_position(one) for one in found] == [citation]
    assert (found[0].start, found[0].end) == (0, len(str(citation)))


@given(SECTIONS)
def test_ancestors_lead_to_the_section_one_level_at_a_time(citation):
    line = ancestors(citation)
    assert line[0] == citation
    assert line[-1] == replace(citation, path=(), footnote="")
    assert len(line) == len(citation.path) + 1 + bool(citation.footnote)


@pytest.mark.parametrize(
    ("citation", "line", "reason"),
    [
        ("Form I-914 Supplement B", ["Form I-914 Supplement B", "Form I-914"], "a supplement belongs to its form"),
        (
            "Form I-485 Supplement A Instructions",
            ["Form I-485 Supplement A Instructions", "Form I-485 Supplement A", "Form I-485"],
            "and so do instructions",
        ),
        ("QHSR Objective 6.1.2", ["QHSR Objective 6.1.2", "QHSR Goal 6.1", "QHSR Mission 6"], "goals and missions"),
        (
            "DHS Directive 112-01(V)(A)",
            ["DHS Directive 112-01(V)(A)", "DHS Directive 112-01(V)", "DHS Directive 112-01"],
            "sections of a directive",
        ),
        ("89 FR 34864", ["89 FR 34864"], "a page has nothing above"),
    ],
)
def test_ancestors_of_documents(citation, line, reason):
    assert [str(one) for one in ancestors(parse_citations(citation)[0])] == line, reason


@given(ANY)
def test_a_citation_is_its_own_first_key_and_first_variant(citation):
    assert citation_keys(citation)[0] == str(citation)
    readings = variants(citation)
    assert readings[0] == citation
    assert len(set(readings)) == len(readings) <= 51


@pytest.mark.parametrize(
    ("typed", "intended", "within_first", "reason"),
    [
        ("8 CFR 214.202(C)(1)(I)", "8 CFR 214.202(c)(1)(i)", 2, "capitals where the rule has small letters"),
        ("2l4.202(c)(l)", "§ 214.202(c)(1)", 2, "l where the rule has a number"),
        ("8 CFR 214.11(1)", "8 CFR 214.11(l)", 3, "1 where the rule has the letter l"),
        ("8 CFR 214.202(c)(I)", "8 CFR 214.202(c)(1)", 2, "I for 1"),
        ("INA 214(0)", "INA 214(o)", 4, "0 for o"),
        ("ina 101(a)(15)(t)(I)", "INA 101(a)(15)(T)(i)", 2, "a statute's levels"),
        ("22 U.S.C. 7102(l1)(a)", "22 U.S.C. 7102(11)(A)", 2, "a section that begins with numbers"),
        ("INA 240a(b)", "INA 240A(b)", 4, "the letter of the section"),
        ("8 U.S.C. 110l(a)", "8 U.S.C. 1101(a)", 8, "l at the end of a number"),
        ("8 CFR 214.202(c)(il)", "8 CFR 214.202(c)(ii)", 8, "l inside a numeral"),
        ("3 USCIS-PM B.2(C)(1) fn 12", "3 USCIS-PM B.2 fn 12", 12, "footnotes belong to the chapter"),
        ("2023 QHSR Mission 6", "QHSR Mission 6", 2, "whichever review there is"),
    ],
)
def test_variants_hold_what_was_intended(typed, intended, within_first, reason):
    readings = [str(reading) for reading in variants(parse_citations(typed)[0])]
    assert intended in readings[:within_first], f"{reason}: {readings}"


@pytest.mark.parametrize("citation", ["89 FR 34864", "Form I-914", "Pub. L. 106-386", "8 CFR 214.202"])
def test_what_cannot_be_misread_has_no_variants(citation):
    assert len(variants(parse_citations(citation)[0])) == 1


@given(st.text(st.sampled_from("8 CFR214.0()acTi§-–INAUSof,\n")), st.booleans())
def test_any_text_gives_ordered_spans_within_it(text, known):
    within = LegalCitation("8 CFR", "214.202", ("c",)) if known else None
    found = parse_citations(text, within)
    assert all(0 <= citation.start < citation.end <= len(text) for citation in found)
    for one, other in zip(found, found[1:], strict=False):
        assert one.end <= other.start or (one.start, one.end) == (other.start, other.end)


SUBWORDS = st.sampled_from(
    ["8 CFR ", "214.202", "(c)", "(1)", "(i)", " through ", " and ", ", ", "–", "§§ ", "section ", "paragraph ", "INA ",
     " of this section", " of the Act", " of title 8", "Volume 3, ", "Part B, ", "Chapter 2", "clause ", "Form I-914",
     " fn 3", "89 FR 34864", "1101(a)", "subsection ", " of such title", "footnote 2", "DHS Directive 112-01", "l", "O"]
)  # fmt: skip


WITHIN = st.sampled_from(["", "8 CFR 214.202(c)", "INA 101(a)(15)", "3 USCIS-PM B.2"])


@given(st.lists(SUBWORDS, max_size=25).map("".join), WITHIN)
def test_fragments_of_citations_in_any_order_are_read_without_overlap(text, within):
    found = parse_citations(text, _within(within))
    for one, other in zip(found, found[1:], strict=False):
        assert one.end <= other.start or (one.start, one.end) == (other.start, other.end), text


@given(st.text(max_size=80))
def test_arbitrary_text_never_fails(text):
    parse_citations(text)
    parse_citations(text, LegalCitation("8 U.S.C.", "1182", ("a", "2", "A")))


@given(ANY)
def test_look_alike_characters_change_nothing(citation):
    plain = f"see {citation} here"
    odd = plain.replace(" ", "\u00a0").replace("-", "\u2011")
    assert parse_citations(odd) == parse_citations(plain)


@pytest.mark.parametrize(
    "unit",
    ["(", "§", " ", "§ ", "8 CFR ", "volume 3 ", "volume 3 part b ", "paragraph (a) ", "paragraph (a) of ", "(a)",
     "214.202(a)", "214.202, ", "section 5 of the Aa ", "title 8 of ", "Chapter 3, ", "Supplement B ", "of the ",
     "section 101 or ", "Form ", "l1", "§ 214.2 and ", "1101(a)-(c) "],
)  # fmt: skip
def test_hostile_text_takes_no_more_than_its_share_of_time(unit):
    text = (unit * (100_000 // len(unit)))[:100_000]
    started = time.process_time()
    parse_citations(text, LegalCitation("8 CFR", "214.202", ("a",)))
    assert time.process_time() - started < 4, "ordinary text of this length takes a tenth of a second"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("INA 101(a)(15)(T)(i)", "8 U.S.C. 1101(a)(15)(T)(i)", "INA 101 is 8 U.S.C. 1101"),
        ("INA 214(o)(2)", "8 U.S.C. 1184(o)(2)", "INA 214 is 8 U.S.C. 1184"),
        ("INA 245(l)", "8 U.S.C. 1255(l)", "INA 245 is 8 U.S.C. 1255"),
        ("INA 212(d)(13)", "8 U.S.C. 1182(d)(13)", "INA 212 is 8 U.S.C. 1182"),
        ("TVPA 107(e)", "22 U.S.C. 7105(e)", "section 107 of the TVPA is 22 U.S.C. 7105"),
        ("§ 214.202(c)", "8 CFR 214.202(c)", "the number alone finds the regulation"),
    ],
)
def test_parallel_sections_share_a_key(one, other, reason):
    first, second = parse_citations(one)[0], parse_citations(other)[0]
    assert set(citation_keys(first)) & set(citation_keys(second)), reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("8 CFR 214.2", "INA 214", "a rule and a statute"),
        ("89 FR 34864", "81 FR 34864", "the same page of two volumes"),
        ("Form I-914", "Form I-914 Supplement B", "a form and its supplement"),
    ],
)
def test_different_positions_share_no_key(one, other, reason):
    first, second = parse_citations(one)[0], parse_citations(other)[0]
    assert not set(citation_keys(first)) & set(citation_keys(second)), reason


@pytest.mark.parametrize(
    ("path", "level", "kind"),
    [
        (("i",), 0, "a"),
        (("a", "1", "i"), 2, "i"),
        (("a", "15", "H", "i", "b"), 4, "a"),
        (("a", "2", "A", "i", "I"), 4, "I"),
        (("a", "15", "I"), 2, "A"),
        (("a", "1", "A", "i", "I", "aa"), 5, "aa"),
    ],
)
def test_the_kind_of_a_designator_follows_from_its_position(path, level, kind):
    assert kind_at(path, level) == kind


@pytest.mark.parametrize(
    ("first", "last", "kind", "expected"),
    [
        ("a", "d", "a", ("b", "c", "d")),
        ("h", "j", "a", ("i", "j")),
        ("i", "iv", "a", ("ii", "iii", "iv")),
        ("i", "v", "i", ("ii", "iii", "iv", "v")),
        ("d", "a", "a", ()),
        ("a", "3", "a", ()),
        ("1", "90", "1", ()),
    ],
)
def test_ranges_of_designators(first, last, kind, expected):
    assert through(first, last, kind) == expected


def test_a_designator_that_fits_nowhere_is_not_placed():
    assert placed(("h",), ("1",)) == ()
