"""Questions that hold details of a person: what is seen, and that ordinary questions raise no notice."""

import json
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answer.assistant import NOT_SENT, Assistant
from answer.declining.personal import personal_details
from pinpoint.records import Filters
from tests.ui.driver import go, new_app, press
from ui.state import widgets

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "evaluation" / "data"
SHARED = ROOT.parent / "shared" / "eval" / "tvisa-dev.jsonl"
A_NUMBER, RECEIPT, BIRTH = "an A-number", "a receipt number", "a date of birth"
NAME, SSN, PHONE = "a person\u2019s name", "a Social Security number", "a telephone number"
EMAIL, PASSPORT = "an e-mail address", "a passport number"

SEEN = [  # (question, what is seen, reason)
    ("Is A12345678 eligible for a waiver?", {A_NUMBER}, "eight digits"),
    ("What about A123456789", {A_NUMBER}, "nine digits"),
    ("status of A 123-456-789", {A_NUMBER}, "in groups with hyphens"),
    ("status of A# 123 456 789", {A_NUMBER}, "with a number sign"),
    ("status of A-123456789", {A_NUMBER}, "with a hyphen"),
    ("status of a123456789", {A_NUMBER}, "a small letter"),
    ("her A-number is 012-345-678, may she travel?", {A_NUMBER}, "in words"),
    ("alien registration number: 012345678", {A_NUMBER}, "the words in full"),
    ("case EAC2112345678 pending", {RECEIPT}, "a receipt number"),
    ("case ioe0912345678 pending", {RECEIPT}, "in small letters"),
    ("LIN-21-123-45678 RFE response time", {RECEIPT}, "in groups"),
    ("SSN 123-45-6789 work authorization", {SSN}, "with hyphens"),
    ("social security number 123456789", {SSN}, "without hyphens"),
    ("contact maria.g@example.com about parole", {EMAIL}, "a private address"),
    ("call (202) 555-0143 before filing?", {PHONE}, "with brackets"),
    ("call 202-555-0143 before filing?", {PHONE}, "with hyphens"),
    ("call +52 55 1234 5678", {PHONE}, "from abroad"),
    ("passport number G12345678 expired", {PASSPORT}, "a letter and digits"),
    ("passport 123456789 expired", {PASSPORT}, "digits"),
    ("born 03/14/2005, is a minor?", {BIRTH}, "in figures"),
    ("She was born in Honduras on March 14, 2005", {BIRTH}, "in words"),
    ("DOB: 2005-03-14 age out", {BIRTH}, "the short form"),
    ("date of birth 14 March 2005", {BIRTH}, "day first"),
    ("Does Ms. Maria Gonzalez qualify?", {NAME}, "after a title"),
    ("Does Mrs Gonz\u00e1lez qualify?", {NAME}, "an accent and no full stop"),
    ("my client Maria Gonzalez was trafficked", {NAME}, "a client"),
    ("my client Maria was trafficked", {NAME}, "a first name"),
    ("the applicant John Smith left the country", {NAME}, "an applicant"),
    ("applicant, Nguyen Van Anh, left the country", {NAME}, "set off by commas"),
    ("the victim is named Ana Lopez", {NAME}, "named"),
    ("her name is Ana O'Brien", {NAME}, "an apostrophe"),
    ("my client Maria Gonzalez, A12345678, born 03/14/2005", {A_NUMBER, NAME, BIRTH}, "several at once"),
    ("Should Maria Gonzalez, A 123-456-789, get a T visa?", {A_NUMBER, NAME}, "a name before a number"),
    ("Ana Lopez (IOE0912345678): what is missing?", {RECEIPT, NAME}, "before a receipt number"),
    ("USCIS Online Account and Receipt Number IOE0912345678", {RECEIPT}, "words of the field before a number"),
    ("Advance Parole A12345678", {A_NUMBER}, "a benefit before a number"),
    ("Maria Gonzalez (receipt number IOE0912345678)", {RECEIPT, NAME}, "the word for the number between"),
    ("A12345678 and Juan Perez A87654321", {A_NUMBER, NAME}, "before the second number"),
]
QUIET = [  # (question, reason)
    ("Which rule lets the Vermont Service Center call?", "an office"),
    ("What does 8 CFR 214.202(c)(1) require?", "a citation"),
    ("89 FR 34864", "a page of the Federal Register"),
    ("Pub. L. 106-386 section 107(e)", "a public law"),
    ("DHS Directive 112-01", "a directive"),
    ("8 U.S.C. 1101(a)(15)(T)(i)", "a section of the code"),
    ("A 2002 interim rule with 214 paragraphs", "A at the start of a sentence"),
    ("Form I-914 Supplement B 2024-08-28", "a form and a date"),
    ("What applied before August 28, 2024?", "a date that is nobody's birthday"),
    ("Are victims born before January 1, 2000 exempt?", "a date of birth as a condition of law"),
    ("William Wilberforce Trafficking Victims Protection Reauthorization Act of 2008", "a law named after a person"),
    ("What did Secretary Mayorkas sign in 2020?", "an official"),
    ("Must the applicant file Form I-914?", "a form after the word for a person"),
    ("Must an applicant Show hardship", "a stray capital"),
    ("What Must The Applicant Prove Under The Act", "a heading"),
    ("CAN THE APPLICANT JOHN SMITH TRAVEL", "all in capitals, where names cannot be told"),
    ("Does USCIS notify the applicant T nonimmigrant status ended?", "a status"),
    ("my client T visa", "a short form after my client"),
    ("the victim U.S. citizen child", "a country"),
    ("e-mail of uscis-webmaster@uscis.dhs.gov", "the address of an agency"),
    ("Matter of Johnson", "a decision named after a person"),
    ("is the Palermo Protocol binding on a victim State Party", "a treaty"),
    ("passport validity of 6 months", "a passport and a number"),
    ("4 million people in 2019-2020", "figures"),
    ("22 U.S.C. 7105(b)(1)(E)(i)(II)(bb), 100 112 1234", "numbers in a row"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("question", "seen", "reason"), SEEN, ids=[reason for *_, reason in SEEN])
def test_details_of_a_person_are_seen(question, seen, reason):
    assert set(personal_details(question)) == seen


@pytest.mark.parametrize(("question", "reason"), QUIET, ids=[reason for *_, reason in QUIET])
def test_ordinary_questions_raise_no_notice(question, reason):
    assert personal_details(question) == ()


def _questions(file: Path) -> list[str]:
    return [json.loads(line)["question"] for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["questions.jsonl", "out-of-scope.jsonl"])
def test_no_question_of_the_test_collections_raises_a_notice(name):
    questions = _questions(OWN / name)
    assert len(questions) > 20
    assert [(question, personal_details(question)) for question in questions if personal_details(question)] == []


def test_no_development_question_raises_a_notice():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there")
    questions = _questions(SHARED)
    assert len(questions) > 20
    assert [(question, personal_details(question)) for question in questions if personal_details(question)] == []


class Listening:
    """A language model that keeps what it is asked."""

    host = "model.example"

    def __init__(self):
        self.asked = []

    def complete(self, messages):
        self.asked.append(messages)
        return "[]"


@pytest.mark.parametrize(
    ("question", "sent", "reason"),
    [
        ("What must an applicant show to be eligible for T-1 nonimmigrant status?", True, "the control"),
        ("What must my client Maria Gonzalez show to be eligible for T-1 nonimmigrant status?", False, "a name"),
        ("What must an applicant (A12345678) show to be eligible for T-1 nonimmigrant status?", False, "a number"),
    ],
)
def test_a_question_with_details_is_never_given_to_a_language_model(tiny_index, question, sent, reason):
    writer = Listening()
    answer = Assistant(tiny_index, writer).ask(question, filters=Filters(date.today()))
    assert bool(writer.asked) is sent, reason
    assert (NOT_SENT in answer.notes) is not sent


NOTICES = [
    ("Can A12345678 travel?", "seems to hold an A-number. It stays on this machine."),
    ("Can <b>Ms. Ana Lopez</b>, A12345678, travel?", "an A-number and a person\u2019s name."),
    ("Can an applicant travel?", ""),
]


@pytest.fixture
def open_app(fresh_app, tiny_index_dir, monkeypatch):
    """``open_app(page)``: the app on one of its pages."""

    def run(page: str) -> AppTest:
        monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
        return go(new_app().run(), page)

    return run


@pytest.mark.parametrize(("page", "box", "label"), [("", widgets.QUESTION, "Ask"), ("search", widgets.QUERY, "Search")])
@pytest.mark.parametrize(("question", "says"), NOTICES)
def test_the_notice_stands_under_the_question_and_does_not_block(open_app, page, box, label, question, says):
    app = open_app(page)
    app.text_input(key=box).set_value(question)
    text = press(app, label)
    assert ('role="note"' in text) is bool(says) and says in text
    assert "<b>Ms." not in text and ("pp-question" in text or "law as of" in text)
