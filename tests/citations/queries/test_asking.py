"""Texts that ask for what they cite and nothing else, and for which text of it."""

import pytest

from citations.parse import parse_citations
from citations.queries.asking import asks_for_earlier, only_cites
from citations.queries.other_laws import other_laws

ALONE = [  # (text, whether it only cites, whether it asks for the earlier text, reason)
    ("8 CFR 214.202(c)", True, False, "a citation"),
    ("show me the text of 8 CFR 214.202(c), please", True, False, "words of asking"),
    ("old 8 CFR 214.11(k)(5)(iv)", True, True, "the text before a change"),
    ("the former rule at 8 CFR 214.11(b)", True, True, "words between"),
    ("8 CFR 214.11(b) (old)", True, True, "behind the citation"),
    ("current 8 CFR 214.208", True, False, "the text in force"),
    ("TVPA 22 U.S.C. §§ 7102(8)", True, False, "an act by its abbreviation"),
    ("Trafficking Victims Protection Act, 22 USC 7102(11)", True, False, "an act by its name"),
    ("the Act, INA 214(o)", True, False, "the Act"),
    ("title 8 section 214.202", True, False, "a title apart from its section"),
    ("8 CFR 214.202(c) minors", False, False, "a word that is searched"),
    ("what does 8 CFR 214.204(k) say about fees", False, False, "a question about it"),
    ("is she too old for 8 CFR 214.202(c)", False, False, "a word that belongs to something else"),
    ("family member 20 years old 8 CFR 214.211(b)", False, False, "an age"),
    ("a 21-year-old, INA 101(a)(15)(T)(ii)", False, False, "an age with hyphens"),
    ("siblings 18 or older 8 CFR 214.211(b)", False, False, "an age and above"),
    ("INA 212(a)(9)(A) previous removal order", False, False, "behind it, of something else"),
    ("8 CFR 214.204, prior arrests", False, False, "the same behind a comma"),
    ("8 CFR 214.11(b) prior version", True, True, "of a version"),
    ("what did 8 CFR 214.11(b), former, say of presence?", False, True, "between marks"),
    ("8 CFR 214.11(b) former rule on presence", False, True, "of a rule, with more behind it"),
    ("8 CFR 214.11(b) replaced", True, True, "said of it"),
    ("What replaced 8 CFR 214.11(k)?", True, False, "what came after it is asked for"),
    ("which rule superseded 8 CFR 214.11(k)?", False, False, "the same with a verb that is also said of a text"),
    ("superseded 8 CFR 214.11(k)", True, True, "said of the text"),
    ("an old rule of thumb", False, False, "no citation"),
    ("old women and 8 CFR 214.202", False, False, "a word that stands before another one"),
]


@pytest.mark.parametrize(("text", "alone", "earlier", "reason"), ALONE)
def test_what_a_text_asks_of_its_citations(text, alone, earlier, reason):
    citations = parse_citations(text)
    assert only_cites(text, citations) == alone, reason
    assert asks_for_earlier(text, citations) == earlier, reason


OTHER = [  # (text, what is named, the law alone, reason)
    ("maximum fine under Article 83 of the GDPR", "Article 83 of the GDPR", "GDPR", "an article"),
    ("GDPR Article 83", "GDPR Article 83", "GDPR", "the law first"),
    ("Art. 6(1)(f) GDPR", "Art. 6(1)(f) GDPR", "GDPR", "abbreviated"),
    ("Directive 2011/36/EU", "Directive 2011/36/EU", "2011/36/EU", "by its number"),
    ("Regulation (EU) 2016/679", "Regulation (EU) 2016/679", "2016/679", "a regulation of the Union"),
    ("section 5 of the Foo Act 1999", "section 5 of the Foo Act 1999", "Foo Act", "the year is no part of the name"),
    ("Modern Slavery Act 2015 section 54", "Modern Slavery Act 2015 section 54", "Modern Slavery Act", "behind it"),
    ("Article 3 of the Palermo Protocol", "Article 3 of the Palermo Protocol", "Palermo Protocol", "a treaty"),
]


@pytest.mark.parametrize(("text", "named", "law", "reason"), OTHER)
def test_a_law_without_a_code_is_named(text, named, law, reason):
    assert [(other.text, other.law) for other in other_laws(text)] == [(named, law)], reason


@pytest.mark.parametrize(
    "text",
    ["8 CFR 214.202", "DHS Directive 002-02", "section 5 of the Act", "an article about T visas", "the 2011/12 season"],
)
def test_other_texts_name_none(text):
    assert other_laws(text) == ()
