"""Sentence boundaries in legal text."""

import tomllib
from pathlib import Path

import nupunkt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.sentences import sentence_spans

CASES = [
    ("One. Two.", ["One.", "Two."], "the plain case"),
    (
        "See 8 U.S.C. 1101(a)(15)(T). It applies.",
        ["See 8 U.S.C. 1101(a)(15)(T).", "It applies."],
        "U.S.C. ends nothing",
    ),
    ("See 8 C.F.R. § 214.202 for the rule.", ["See 8 C.F.R. § 214.202 for the rule."], "C.F.R. § neither"),
    ("Under Sec. 214.202 the applicant must comply.", ["Under Sec. 214.202 the applicant must comply."], "Sec."),
    ("In Roe v. Wade the court held. It did.", ["In Roe v. Wade the court held.", "It did."], "v. in a case name"),
    ("Enacted as Pub. L. 106-386 in 2000.", ["Enacted as Pub. L. 106-386 in 2000."], "Pub. L."),
    (
        "It is bona fide.[12] Officers then decide.",
        ["It is bona fide.[12]", "Officers then decide."],
        "a footnote reference belongs to the sentence before it",
    ),
    (
        "It is bona fide.[1][2] Officers then decide.",
        ["It is bona fide.[1][2]", "Officers then decide."],
        "two of them",
    ),
    ("Heading\nThe text.", ["Heading", "The text."], "a line break always ends a sentence"),
    (
        "“Coercion” means threats. “Child” means a person.",
        ["“Coercion” means threats.", "“Child” means a person."],
        "quotation marks open a sentence",
    ),
    ("Is it in force? Yes.", ["Is it in force?", "Yes."], "a question mark"),
    ("  padded.  ", ["padded."], "white space belongs to no sentence"),
    (
        "Matter of S-M-, 25 I. & N. Dec. 369 (BIA 2010). The Board held so.",
        ["Matter of S-M-, 25 I. & N. Dec. 369 (BIA 2010).", "The Board held so."],
        "the reporter of immigration decisions",
    ),
    ("Act of 1950, tit. I, sec. 107 applies. See it.", ["Act of 1950, tit. I, sec. 107 applies.", "See it."], "tit. I"),
    (
        "U.S. Const. art. I, § 8, cl. 4. The power is plain.",
        ["U.S. Const. art. I, § 8, cl. 4.", "The power is plain."],
        "an article of the Constitution, and a clause that ends the sentence",
    ),
    (
        "Use Form I-914, Supplement B. The officer signs it.",
        ["Use Form I-914, Supplement B.", "The officer signs it."],
        "a letter behind the name of a part",
    ),
    ("An alien of class T. The next one.", ["An alien of class T.", "The next one."], "a letter behind class"),
    ("See Titles I and II. They apply.", ["See Titles I and II.", "They apply."], "numerals behind Titles"),
    ("See Ex. A. The exhibit shows it.", ["See Ex. A.", "The exhibit shows it."], "a letter behind an abbreviation"),
    ("J. Q. Adams signed. He left.", ["J. Q. Adams signed.", "He left."], "initials of a name end nothing"),
    (
        "He lives in the U.S. The law applies.",
        ["He lives in the U.S.", "The law applies."],
        "U.S. before a new sentence",
    ),
    ("The U.S. Attorney knows. Ask.", ["The U.S. Attorney knows.", "Ask."], "U.S. within a name"),
    ("We met at 5 p.m. The meeting ended.", ["We met at 5 p.m.", "The meeting ended."], "p.m. at an end"),
    ("By 5 p.m. Eastern Time it is due.", ["By 5 p.m. Eastern Time it is due."], "p.m. within a sentence"),
    (
        "The state of the art. A new method is used.",
        ["The state of the art.", "A new method is used."],
        "art, no article",
    ),
    ("No. If a system is down, call.", ["No.", "If a system is down, call."], "no as an answer"),
    ("It is so.[*] The note says why.", ["It is so.[*]", "The note says why."], "a mark of its own"),
    ("It is so.[iv] The note says why.", ["It is so.[iv]", "The note says why."], "an endnote"),
    ("It is so. [4] The note says why.", ["It is so. [4]", "The note says why."], "a blank before a reference"),
    ("1. The form is filed.", ["1. The form is filed."], "a number alone is no sentence"),
    ("§ 1589. Forced labor", ["§ 1589. Forced labor"], "nor is that of a section"),
    ("The child owes tax. No return is due.", ["The child owes tax.", "No return is due."], "tax is a word"),
    ("", [], "no text"),
    (" \n ", [], "nothing but white space"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES)
def test_sentences(text, expected, reason):
    assert [text[start:end] for start, end in sentence_spans(text)] == expected, reason


REAL = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))["sentence"]
END = "\u2016"


def _expected(row):
    return [part.strip() for part in row["text"].split(END)]


def _text(row):
    return row["text"].replace(END, "").replace("  ", " ")


@pytest.mark.parametrize("row", REAL, ids=[f"{number} {row['reason']}" for number, row in enumerate(REAL, start=1)])
def test_sentences_of_real_documents(row):
    text = _text(row)
    assert [text[start:end] for start, end in sentence_spans(text)] == _expected(row), row["reason"]


def test_more_are_right_than_with_nupunkt_alone():
    own = alone = 0
    for row in REAL:
        text, expected = _text(row), _expected(row)
        own += [text[start:end] for start, end in sentence_spans(text)] == expected
        alone += [text[start:end].strip() for start, end in nupunkt.sent_spans(text)] == expected
    print(f"right: {own} of {len(REAL)}; nupunkt alone: {alone}")
    assert own == len(REAL)
    assert len(REAL) >= 200, "so many are promised"
    assert alone < own - 40, "otherwise the corrections are not worth their code"


@given(st.text(st.sampled_from("Ab1. \n[]()“”§?;,—"), max_size=80))
def test_spans_are_trimmed_ordered_and_lose_no_character(text):
    spans = sentence_spans(text)
    assert all(text[start:end] == text[start:end].strip() and start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
    retained = "".join(text[start:end] for start, end in spans)
    assert "".join(retained.split()) == "".join(text.split())
