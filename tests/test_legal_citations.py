"""Legal citations: every way in which people write them gives the one canonical form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.legal_citations import LegalCitation, ancestors, citation_keys, parse_citations, whole_citation

PARAGRAPH = "8 CFR 214.202(c)(1)"
ONE = [  # (as written, canonical form, reason)
    ("8 CFR 214.202(c)(1)", PARAGRAPH, "the canonical form itself"),
    ("8 C.F.R. § 214.202(c)(1)", PARAGRAPH, "Bluebook form"),
    ("8 C.F.R. 214.202(c)(1)", PARAGRAPH, "periods, no sign"),
    ("8 C. F. R. § 214.202(c)(1)", PARAGRAPH, "periods and spaces, as older books print it"),
    ("8 CFR § 214.202(c)(1)", PARAGRAPH, "sign without periods"),
    ("8 CFR §214.202(c)(1)", PARAGRAPH, "sign without a space"),
    ("8 CFR Sec. 214.202(c)(1)", PARAGRAPH, "Sec. as in Federal Register text files"),
    ("8 CFR section 214.202(c)(1)", PARAGRAPH, "the word section"),
    ("8 cfr 214.202(c)(1)", PARAGRAPH, "typed in small letters"),
    ("8cfr214.202(c)(1)", PARAGRAPH, "typed without any space"),
    ("8 CFR 214.202 (c)(1)", PARAGRAPH, "space before the paragraph"),
    ("8 CFR 214.202(c) (1)", PARAGRAPH, "space between designators"),
    ("8 CFR 214.202( c )( 1 )", PARAGRAPH, "spaces inside parentheses, as PDF text gives them"),
    ("8 CFR 214.202(c)\n(1)", PARAGRAPH, "paragraph broken over a line"),
    ("8 CFR\n214.202(c)(1)", PARAGRAPH, "code broken from its number"),
    ("8\u00a0CFR\u00a0§\u00a0214.202(c)(1)", PARAGRAPH, "no-break spaces"),
    ("8\u202fCFR 214.202(c)(1)", PARAGRAPH, "narrow no-break space"),
    ("8\u2009CFR 214.202(c)(1)", PARAGRAPH, "thin space"),
    ("8 CFR 214.202.", "8 CFR 214.202", "the full stop of the sentence is not part of it"),
    ("8 CFR 103.2(b)(2)(iii)", "8 CFR 103.2(b)(2)(iii)", "roman designator"),
    ("8 CFR 245.23(a)(3)(i)", "8 CFR 245.23(a)(3)(i)", "adjustment"),
    ("8 CFR 214.2(h)(4)(ii)(A)", "8 CFR 214.2(h)(4)(ii)(A)", "four levels"),
    ("8 CFR 214.2(h)(4)(i)(A)(1)(i)", "8 CFR 214.2(h)(4)(i)(A)(1)(i)", "six levels"),
    ("8 CFR 214.11(l)", "8 CFR 214.11(l)", "the letter l stays a letter"),
    ("8 CFR 1208.4", "8 CFR 1208.4", "four-digit part"),
    ("8 CFR 214.1a", "8 CFR 214.1a", "section number with a letter"),
    ("8 CFR part 214", "8 CFR 214", "a part"),
    ("28 CFR part 1100", "28 CFR 1100", "a part of another title"),
    ("45 CFR 46", "45 CFR 46", "a part without the word"),
    ("214.202(c)", "§ 214.202(c)", "number and paragraph alone"),
    ("214.202", "§ 214.202", "number alone"),
    ("sec. 214.202", "§ 214.202", "sec."),
    ("Sec. 214.202(c)", "§ 214.202(c)", "Sec. with a capital"),
    ("section 214.202(c)", "§ 214.202(c)", "the word section"),
    ("§ 214.202(c)", "§ 214.202(c)", "sign alone"),
    ("§214.202(c)", "§ 214.202(c)", "sign without a space"),
    ("1101(a)(15)(T)", "§ 1101(a)(15)(T)", "a statute's number with its paragraph"),
    ("INA 101(a)(15)(T)(i)", "INA 101(a)(15)(T)(i)", "the Act by its abbreviation"),
    ("INA § 101(a)(15)(T)", "INA 101(a)(15)(T)", "with the sign"),
    ("I.N.A. § 101(a)(15)(T)", "INA 101(a)(15)(T)", "with periods"),
    ("INA sec. 101(a)(15)(T)", "INA 101(a)(15)(T)", "with sec."),
    ("INA section 214(o)", "INA 214(o)", "with the word section"),
    ("INA 101 (a) (15) (T)", "INA 101(a)(15)(T)", "with spaces"),
    ("INA 240A(b)", "INA 240A(b)", "section number with a capital"),
    ("INA 245(l)(1)", "INA 245(l)(1)", "paragraph l of section 245"),
    ("section 101(a)(15)(T)(i) of the INA", "INA 101(a)(15)(T)(i)", "section … of the INA"),
    ("section 101(a)(15)(T)(i) of the Act", "INA 101(a)(15)(T)(i)", "the Act is the INA in these rules"),
    ("Section 212(d)(13) of the Act", "INA 212(d)(13)", "at the start of a sentence"),
    ("section 214(o) of the Immigration and Nationality Act", "INA 214(o)", "the full name behind"),
    ("Immigration and Nationality Act § 214(o)", "INA 214(o)", "the full name before"),
    ("8 USC 1101(a)(15)(T)(i)", "8 U.S.C. 1101(a)(15)(T)(i)", "without periods"),
    ("8 U.S.C. 1101(a)(15)(T)(i)", "8 U.S.C. 1101(a)(15)(T)(i)", "with periods"),
    ("8 U.S.C. § 1101(a)(15)(T)", "8 U.S.C. 1101(a)(15)(T)", "Bluebook form"),
    ("8 U. S. C. 1101(a)(15)(T)", "8 U.S.C. 1101(a)(15)(T)", "as the Supreme Court prints it"),
    ("8 U.S.C.A. § 1101(a)(15)(T)", "8 U.S.C. 1101(a)(15)(T)", "annotated edition"),
    ("8 U.S. Code § 1184(o)", "8 U.S.C. 1184(o)", "U.S. Code"),
    ("8 U.S.C. 1229a(b)", "8 U.S.C. 1229a(b)", "section number with a letter"),
    ("6 U.S.C. 242a(a)(4)(A)(ii)", "6 U.S.C. 242a(a)(4)(A)(ii)", "the letter is not the paragraph"),
    ("22 U.S.C. 7102(11)", "22 U.S.C. 7102(11)", "a numbered definition"),
    ("22 USC § 7102(11)(A)", "22 U.S.C. 7102(11)(A)", "and its part"),
    ("42 U.S.C. § 1983", "42 U.S.C. 1983", "the pain of other systems: these two …"),
    ("42 USC 1983", "42 U.S.C. 1983", "… gave different results"),
    ("18 U.S.C. 1591(a)(1)", "18 U.S.C. 1591(a)(1)", "criminal code"),
    ("19 U.S.C. 1307", "19 U.S.C. 1307", "forced-labour statute"),
    ("section 107(e) of the TVPA", "TVPA 107(e)", "section … of the TVPA"),
    ("sec. 107(e) of the TVPA", "TVPA 107(e)", "sec."),
    ("TVPA § 107(e)", "TVPA 107(e)", "abbreviation before"),
    ("TVPA 107(e)(1)(C)", "TVPA 107(e)(1)(C)", "no sign"),
    ("section 103 of the Trafficking Victims Protection Act", "TVPA 103", "the full name"),
    ("Vol 3 Part B Ch 2 Sec C", "3 USCIS-PM B.2(C)", "short words"),
    ("vol 3 part b chapter 2 section c", "3 USCIS-PM B.2(C)", "small letters"),
    ("Volume 3, Part B, Chapter 2, Section C.1", "3 USCIS-PM B.2(C)(1)", "a numbered part of a section"),
    ("Volume 3, Part B, Chapter 2, Section C(1)", "3 USCIS-PM B.2(C)(1)", "the same with parentheses"),
    ("Volume 3, Part B, Chapter 2", "3 USCIS-PM B.2", "a chapter"),
    ("Volume 3, Part B", "3 USCIS-PM B", "a part"),
    (
        "Volume 3, Part B, Victims of Trafficking, Chapter 2, Eligibility Requirements, Section C, Compliance",
        "3 USCIS-PM B.2(C)",
        "with the names of all of them, as the manual cites itself",
    ),
    ("3 USCIS-PM B.2(C)", "3 USCIS-PM B.2(C)", "the manual's own short form"),
    ("3 USCIS-PM B.2(C)(1)", "3 USCIS-PM B.2(C)(1)", "with a number"),
    ("3 USCIS-PM B.2", "3 USCIS-PM B.2", "a chapter"),
    ("3 USCIS-PM B", "3 USCIS-PM B", "a part"),
    ("3 USCIS PM B.2(C)", "3 USCIS-PM B.2(C)", "space for the hyphen"),
    ("3 USCIS\u2011PM B.2(C)", "3 USCIS-PM B.2(C)", "no-break hyphen"),
    ("3 uscis-pm b.2(c)(1)", "3 USCIS-PM B.2(C)(1)", "small letters"),
    ("9 USCIS-PM O.2", "9 USCIS-PM O.2", "another volume"),
    ("3 USCIS-PM B.2 fn 12", "3 USCIS-PM B.2 fn 12", "a footnote"),
    ("3 USCIS-PM B.2, footnote 12", "3 USCIS-PM B.2 fn 12", "a footnote in words"),
    ("3 USCIS-PM B.2 note 12", "3 USCIS-PM B.2 fn 12", "a note"),
    ("Volume 3, Part B, Chapter 2, footnote 12", "3 USCIS-PM B.2 fn 12", "a footnote of a chapter in words"),
]
SEVERAL = [
    ("§§ 214.206–214.209", ["§ 214.206", "§ 214.207", "§ 214.208", "§ 214.209"], "range with an en dash"),
    ("§§ 214.206-214.209", ["§ 214.206", "§ 214.207", "§ 214.208", "§ 214.209"], "range with a hyphen"),
    ("§§ 214.206 through 214.208", ["§ 214.206", "§ 214.207", "§ 214.208"], "range in words"),
    ("sections 214.206 to 214.208", ["§ 214.206", "§ 214.207", "§ 214.208"], "range with to"),
    ("8 CFR 214.206–214.207", ["8 CFR 214.206", "8 CFR 214.207"], "a range keeps its code"),
    ("§§ 214.206, 214.207 and 214.208", ["§ 214.206", "§ 214.207", "§ 214.208"], "enumeration"),
    ("8 CFR 214.204(c) and (e)", ["8 CFR 214.204(c)", "8 CFR 214.204(e)"], "a second paragraph"),
    ("8 CFR 214.204(c), (d) and (e)", ["8 CFR 214.204(c)", "8 CFR 214.204(d)", "8 CFR 214.204(e)"], "and a third"),
    ("8 CFR 214.202(c)(1) or (2)", ["8 CFR 214.202(c)(1)", "8 CFR 214.202(c)(2)"], "a sibling at the last level"),
    ("INA 212(d)(13) and (14)", ["INA 212(d)(13)", "INA 212(d)(14)"], "in a statute as well"),
    ("8 USC 1184(o)(2) and 8 USC 1255(l)", ["8 U.S.C. 1184(o)(2)", "8 U.S.C. 1255(l)"], "two whole ones"),
    ("See 22 U.S.C. 7102(11). See 8 CFR 214.201.", ["22 U.S.C. 7102(11)", "8 CFR 214.201"], "a footnote's text"),
    ("18 U.S.C. 1589, 8 CFR 214.202 and INA 214(o)", ["18 U.S.C. 1589", "8 CFR 214.202", "INA 214(o)"], "mixed codes"),
]
NONE = [
    ("in 2024 there were 5,000 visas", "numbers in prose"),
    ("on page 214 of the volume", "a page"),
    ("$214.20 was paid", "money"),
    ("call 1-888-373-7888", "a telephone number"),
    ("version 3.214.202", "a version number"),
    ("Pub. L. 106-386", "a public law is not a section"),
    ("paragraph (c)(1) of this section", "relative to a place that is not known"),
    ("subpart C of part", "no number"),
    ("the applicant must comply", "prose"),
    ("", "no text"),
]
WHOLE = [
    ("8 CFR 214.202(c)", True, "nothing else"),
    ("show me 8 CFR 214.202(c)", True, "only words that ask for the text"),
    ("What does § 214.202(c) say?", True, "the same as a question"),
    ("8 CFR 214.206 and 214.207", True, "two of them"),
    ("8 CFR 214.202(c) minor victims", False, "asks for more than the text"),
    ("Does 8 CFR 214.202 apply to parents?", False, "a question about it"),
    ("minor victims", False, "no citation"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("text", "canonical", "reason"), ONE)
def test_one_way_to_write_it(text, canonical, reason):
    assert [str(citation) for citation in parse_citations(text)] == [canonical], reason
    in_a_sentence = f"The officer applied {text} to it"
    assert [str(citation) for citation in parse_citations(in_a_sentence)] == [canonical], f"in a sentence: {reason}"


@pytest.mark.parametrize(("text", "canonical", "reason"), SEVERAL)
def test_several_at_once(text, canonical, reason):
    assert [str(citation) for citation in parse_citations(text)] == canonical, reason


@pytest.mark.parametrize(("text", "reason"), NONE)
def test_what_is_no_citation(text, reason):
    assert parse_citations(text) == (), reason


@pytest.mark.parametrize(("query", "whole", "reason"), WHOLE)
def test_a_query_that_is_nothing_but_citations(query, whole, reason):
    assert bool(whole_citation(query)) == whole, reason


def test_spans_point_at_the_citation():
    text = "As 8 C.F.R. § 214.202(c)\u00a0(1) and INA 214(o) say"
    spans = [text[citation.start : citation.end] for citation in parse_citations(text)]
    assert spans == ["8 C.F.R. § 214.202(c)\u00a0(1)", "INA 214(o)"]


DESIGNATORS = st.lists(
    st.sampled_from(["a", "b", "h", "i", "l", "o", "ii", "iv", "A", "T", "II", "aa", "1", "2", "15"]), max_size=5
).map(tuple)
SECTIONS = st.one_of(
    st.builds(
        LegalCitation,
        st.sampled_from(["8 CFR", "28 CFR"]),
        st.sampled_from(["214.202", "103.2", "1208.4"]),
        DESIGNATORS,
    ),
    st.builds(
        LegalCitation,
        st.sampled_from(["8 U.S.C.", "22 U.S.C."]),
        st.sampled_from(["1101", "7102", "1229a"]),
        DESIGNATORS,
    ),
    st.builds(LegalCitation, st.just("INA"), st.sampled_from(["101", "214", "240A"]), DESIGNATORS),
    st.builds(LegalCitation, st.just("TVPA"), st.sampled_from(["103", "107", "112A"]), DESIGNATORS),
    st.builds(LegalCitation, st.just("§"), st.sampled_from(["214.202", "1184", "245.23"]), DESIGNATORS),
    st.builds(
        LegalCitation,
        st.just("3 USCIS-PM"),
        st.sampled_from(["B", "B.2", "J.10"]),
        st.sampled_from([(), ("C",), ("C", "1")]),
        st.sampled_from(["", "1", "12"]),
    ),
)


def _place(citation: LegalCitation) -> LegalCitation:
    return replace(citation, start=0, end=0)


@given(SECTIONS)
def test_the_canonical_form_parses_to_itself(citation):
    found = parse_citations(str(citation))
    assert [_place(one) for one in found] == [citation]
    assert (found[0].start, found[0].end) == (0, len(str(citation)))


@given(SECTIONS)
def test_ancestors_lead_to_the_section_one_level_at_a_time(citation):
    line = ancestors(citation)
    assert line[0] == citation
    assert line[-1] == replace(citation, path=(), footnote="")
    assert len(line) == len(citation.path) + 1 + bool(citation.footnote)


@given(SECTIONS)
def test_a_citation_is_its_own_first_key(citation):
    assert citation_keys(citation)[0] == str(citation)


@given(st.text(st.sampled_from("8 CFR214.0()acTi§-–INAUSof,\n"), max_size=60))
def test_any_text_gives_ordered_spans_within_it(text):
    found = parse_citations(text)
    assert all(0 <= citation.start < citation.end <= len(text) for citation in found)
    assert list(found) == sorted(found, key=lambda citation: (citation.start, citation.end))


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


def test_sections_of_different_codes_share_no_key():
    rule, statute = parse_citations("8 CFR 214.2")[0], parse_citations("INA 214")[0]
    assert not set(citation_keys(rule)) & set(citation_keys(statute))


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("8 CFR 274a.12(a)(16)", ["8 CFR 274a.12(a)(16)"], "a part number may end in a letter"),
        ("8 CFR 214.2O2(c)", [], "a misread digit is no citation, least of all of another section"),
        ("8 CFR 214.ll(b)", [], "nor are letters in the place of digits a citation of the part"),
        ("22 U.S.C. §§ 7101-7115", ["22 U.S.C. 7101"], "a range names no section with a long suffix"),
        ("8 U.S.C. 1440-1", ["8 U.S.C. 1440-1"], "a short suffix belongs to the number"),
    ],
)
def test_numbers_are_taken_whole_or_not_at_all(text, expected, reason):
    assert [str(citation) for citation in parse_citations(text)] == expected, reason
