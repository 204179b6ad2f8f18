"""What a question names and its evidence does not have."""

from datetime import date
from types import SimpleNamespace

import pytest

from answer.declining.signals import missing_from, unknown_editions
from answer.question import read_question
from answer.records import Evidence
from index.query.analyzer import terms
from pinpoint.records import Span

DAY = date(2025, 1, 1)


def missing(question, *texts, heading="Rules", section="R 1", weight=9.0):
    hits = [
        SimpleNamespace(
            passage_id=f"d:{n}-{n + 1}", text=text, section_path=(heading,), title="Handbook", section=section
        )
        for n, text in enumerate(texts)
    ]
    evidence = [
        Evidence(
            passage=Span.parse(hit.passage_id), span=Span("d", 0, len(hit.text)), kind="rule", text=hit.text, score=1
        )
        for hit in hits
    ]
    return missing_from(read_question(question, as_of=DAY), hits, evidence, lambda term: weight if term else 9.0)


@pytest.mark.parametrize(
    ("question", "text", "expected", "reason"),
    [
        ("What does Canada require of a bank?", "A bank keeps records.", ("Canada",), "a name that is asked about"),
        ("What does Canada require of a bank?", "In Canada a bank keeps records.", (), "it is there"),
        ("Canada and banks: what rules?", "A bank keeps records.", (), "a capital at the start is no name"),
        ("What is the speed limit in Nevada?", "The limit is 60.", ("Nevada",), "a place, and nobody's case"),
        ("Her kids are in Honduras. Can they work?", "They may work.", (), "a place is a fact of her case"),
        ("Can someone from Honduras apply?", "Anyone may apply.", (), "where somebody is from"),
        ("Does the Atlas Act cover her?", "She is covered.", ("Atlas Act",), "a law is no place"),
        ("Must Form 9 be filed?", "It must be filed.", (), "the word Form is no name"),
        ("How many permits were issued in 2022?", "In 2022 the agency issued 14 permits.", (), "a figure of that year"),
        (
            "How many permits were issued in 2022?",
            "The list of permits was revised in 2022.",
            ("2022",),
            "the year stands beside no figure",
        ),
        (
            "How many permits were issued in 2022?",
            "The 2022 rule has 4 parts; in no single one does it speak of permits.",
            ("2022",),
            "a number of other things",
        ),
        ("Which permits ended in 2022?", "The list was revised in 2022.", (), "no figure is asked for"),
        ("Which permits ended in 2021?", "The list was revised in 2022.", ("2021",), "another year"),
        ("What is the average wait?", "The wait is at most 30 days.", ("average",), "a limit is no average"),
        ("What is the average wait?", "The typical wait is 30 days.", (), "in other words"),
        ("What percentage is refused?", "The agency refused 3 percent.", (), "a share"),
        ("How many were refused this year?", "At most 50 may be refused.", ("this year",), "a figure of the day"),
        ("Her status ended last month. Is it lost?", "It may be extended.", (), "a fact of her case, no number"),
        ("Summarize mission 3 of the review.", "There are six missions.", ("mission 3",), "a part that is not there"),
        ("Summarize mission 3 of the review.", "Mission 3: secure the ports.", (), "it is there"),
        ("What is the text of objective 3.2?", "Objective 3.1 is to train.", ("objective 3.2",), "its neighbour"),
        ("How does a bank comply with rule 3.2?", "A bank keeps records.", (), "named in passing"),
        ("12 CFR 1026.19", "See 12 CFR 1026.19 for the form.", (), "a citation that a passage makes"),
        ("Vol 3 Part B Ch 2 Sec G", "The bar: 3 USCIS-PM B.2(G).", (), "in other words"),
        ("12 CFR 1026.19", "See 12 CFR 1026.18.", ("12 CFR 1026.19",), "a citation that no passage makes"),
        (
            "A man with a 2011 removal order got his notice; can it be carried out?",
            "It can.",
            (),
            "a year of the story",
        ),
        ("Can her 2011 order be carried out?", "It can.", (), "a year of her case, where it is asked"),
        ("Does the rule apply outside the 9th Circuit?", "It applies.", (), "an ordinal says where"),
        ("What does VistA need?", "It needs a key.", (), "half a word is no name"),
        ("Who signs Supplement D?", "An agency signs Supplement B.", ("Supplement D",), "no such supplement"),
        ("Who signs Supplement B?", "An agency signs Supplement B.", (), "one that is there"),
        ("What are 30 days counted from?", "From the day of filing.", (), "a period is no part"),
    ],
)
def test_what_a_question_names_is_looked_for_in_its_evidence(question, text, expected, reason):
    assert missing(question, text) == expected, reason


def test_a_part_may_stand_in_the_address_alone():
    assert missing("What does section 107 say?", "The agency reports.", section="SEC. 107") == ()
    assert missing("What does section 107 say?", "The agency reports.", section="SEC. 1070") == ("section 107",)


EDITIONS = [  # (question, text, title, missing, reason)
    ("What are the missions of the 2023 QHSR?", "It has six.", "The 2023 Quadrennial Review", (), "in the title"),
    ("What are the missions of the 2023 QHSR?", "It has six.", "The 2014 QHSR", ("2023 QHSR",), "another year"),
    ("What are the missions of the 2023 QHSR?", "Source: a rule of 2023.", "Rules", ("2023 QHSR",), "the year alone"),
    ("What of the 2014 QHSR and that 2014 QHSR?", "See the 2014 QHSR.", "The 2023 QHSR", ("2014 QHSR",), "in passing"),
    ("What of the 2014 QHSR?", "See the 2014 QHSR.", "A list of reviews, 2023", (), "a title that names no other"),
    ("What of the 2010 QHSR?", "It has five missions.", "The QHSR", (), "the year is that of the document"),
    ("What of the 2010 QHSR?", "It has five missions.", "Rules", ("2010 QHSR",), "another document of that year"),
    ("What does DHS\u2019s 2020 Strategy say?", "The 2020 strategy has goals.", "Goals", (), "in small letters"),
    ("What does DHS\u2019s 2020 Strategy say?", "It has goals.", "Goals", ("2020 Strategy",), "no such strategy"),
    ("What are the missions of QHSR 2014?", "It has six.", "The 2023 QHSR", ("2014 QHSR",), "the year behind it"),
    ("What are the missions of the QHSR of 2014?", "It has six.", "The 2014 QHSR", (), "with a word between"),
    ("What are the missions in QHSR 2014 and QHSR 2023?", "Six.", "The 2023 QHSR", ("2014 QHSR",), "one of two"),
    ("What does the 2014 USCIS Memo say?", "The 2014 USCIS Memo says wait.", "Rules", (), "an office in capitals"),
    ("What is the 2014 U.S. ceiling?", "It is high.", "Rules", (), "a letter with a point is no name"),
    ("What Did The 2014 QHSR Say About Terrorism?", "Much.", "The 2014 QHSR", (), "capitals of a heading"),
    ("Which USCIS 2014 Policy Memo applies?", "It has six.", "Rules", (), "of an office"),
    ("What did USCIS issue in 2023, Canada aside?", "Nothing.", "Rules", (), "a year of its own"),
    ("What changed with the 2024 Final Rule?", "In 2024 it moved.", "Rules", (), "a kind, not a name"),
    ("What did the 2024 final rule change?", "It moved the section.", "Rules", (), "no name"),
]


@pytest.mark.parametrize(("question", "text", "title", "expected", "reason"), EDITIONS)
def test_an_edition_is_told_by_its_year(question, text, title, expected, reason):
    hit = SimpleNamespace(
        passage_id="1", text=text, section_path=("Part",), title=title, section="R 1", effective_from=date(2010, 2, 1)
    )

    def covers(name, present):
        return set(terms(name)) <= present or (name == "QHSR" and set(terms("Quadrennial Review")) <= present)

    assert unknown_editions(question, [hit], covers) == expected, reason


def test_each_thing_is_named_once():
    assert missing("Does Atlas apply, and when did Atlas begin?", "It applies.") == ("Atlas",)


def test_a_capital_does_not_make_a_name_of_words_that_the_documents_know():
    question = "What must a Receiving Party return?"
    assert missing(question, "The recipient returns the documents.", weight=2.0) == ()
    assert missing(question, "The recipient returns the documents.") == ("Receiving Party",)
    assert missing(question, "A party that receives documents returns them.") == (), "in another form"
