"""Which provisions a query is about, and which it mentions while it asks for other text."""

import pytest

from citations.parse import parse_citations
from index.query.naming import asked_about

ABOUT = [  # (text, the provisions that it is about, reason)
    ("what does 8 CFR 214.204(k) say about fees", ["8 CFR 214.204(k)"], "a question about it"),
    ("8 cfr 214.202(c) minors", ["8 CFR 214.202(c)"], "keywords"),
    ("penalties under 18 USC 1589(d)", ["18 U.S.C. 1589(d)"], "a noun before it"),
    ("how do 8 CFR 214.202 and 8 CFR 214.11 differ?", ["8 CFR 214.202", "8 CFR 214.11"], "two of them"),
    ("where in 8 CFR 214.204 is the statement?", ["8 CFR 214.204"], "a part of the provision itself is sought"),
    ("§ 214.208 cites § 214.204(c); where is the declaration?", [], "text that stands elsewhere"),
    ("Where is the fee in 8 CFR 214.209 stated?", ["8 CFR 214.209"], "the clause names where to look"),
    ("What is in 8 CFR 214.206? Where else is evidence described?", [], "a clause of its own"),
    ("8 CFR 214.206 is short, but where is the evidence described?", [], "behind a conjunction that turns away"),
    ("where does 8 CFR 214.206 say so?", ["8 CFR 214.206"], "the provision is what says it"),
    ("what does 8 CFR 214.204(e) require where she is a minor?", ["8 CFR 214.204(e)"], "where as much as when"),
    ("What is 8 CFR 214.204(m) and where is the fee", ["8 CFR 214.204(m)"], "it is asked about first"),
    ("what requirements are set forth in 8 CFR 214.204(c)?", ["8 CFR 214.204(c)"], "set forth by itself"),
    ("what is set out under § 214.204(c)?", ["§ 214.204(c)"], "with a sign"),
    ("factors set out beside 8 CFR 214.204(c)?", [], "set out elsewhere"),
    ("Which provision of 8 CFR 214.204 covers fees?", ["8 CFR 214.204"], "a part of it"),
    ("What does 'family member' refer to in 8 CFR 214.201?", ["8 CFR 214.201"], "a word in it refers"),
    ("which section refers to 8 CFR 214.204?", [], "text that refers to it"),
    ("can someone inadmissible under INA 212(a)(2) apply?", [], "a person is told by it"),
    ("she was convicted under 18 U.S.C. 1591, is she barred?", [], "a person is told by it"),
    ("Is an applicant ineligible under 8 CFR 214.204(c)?", ["8 CFR 214.204(c)"], "whether it is so"),
    ("can she be barred under 8 CFR 214.204(c)", ["8 CFR 214.204(c)"], "whether it may be so"),
    ("who is inadmissible under INA 212(a)(2)?", ["INA 212(a)(2)"], "whom it covers"),
    ("tell me whether she is removable under INA 237(a)", ["INA 237(a)"], "in a clause of its own"),
    ("She was arrested. Is she deportable under INA 237(a)?", ["INA 237(a)"], "in a second sentence"),
    ("is there a waiver for a person inadmissible under INA 212(a)(2)?", [], "there is: the person is told by it"),
    ("can a waiver be given to someone inadmissible under INA 212(a)(2)?", [], "behind a preposition"),
    ("is a person who was convicted under 18 U.S.C. 1591 eligible?", [], "the clause goes on"),
    ("can she apply other than under INA 212(d)(13)?", [], "set aside"),
    ("waiver for a spouse inadmissible under INA 212(a)(99)", [], "no clause"),
    ("Can she apply if she is inadmissible under INA 212(a)(2)?", [], "a condition"),
    ("She is a victim and was convicted under 18 U.S.C. 1591.", [], "a statement"),
    ("waiver for a person who was convicted under 18 U.S.C. 1591?", [], "a clause that tells of a person"),
    ("waivers other than INA 212(d)(13)", [], "it is set aside"),
    ("inadmissible under INA 212(a)(2): what of 8 CFR 212.16?", ["8 CFR 212.16"], "one of two"),
    ("may a T-1 file Form I-485 early?", [], "a form is mentioned in passing"),
]


@pytest.mark.parametrize(("text", "about", "reason"), ABOUT)
def test_provisions_that_a_query_is_about(text, about, reason):
    assert [str(citation) for citation in asked_about(text, parse_citations(text))] == about, reason
