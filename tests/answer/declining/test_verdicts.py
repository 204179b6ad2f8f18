"""What asks for a decision on a case, and what only sounds like it."""

import tomllib
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.declining.verdicts import WORDS, asks_for_verdict

VERDICTS = [  # (question, reason)
    ("Does this applicant qualify for a T visa?", "the plain case"),
    ("Is my client eligible for T nonimmigrant status?", "an advocate's question"),
    ("Should I approve this case?", "the adjudicator's own decision"),
    ("Should we deny the application?", "we"),
    ("Would that victim be eligible?", "that"),
    ("Can this person be granted T-1 status?", "passive"),
    ("Is this applicant credible?", "credibility is a decision"),
    ("Is she lying?", "so is this"),
    ("Approve or deny?", "no noun at all"),
    ("Does Maria Lopez qualify for T status?", "a name"),
    ("Is A-123456789 eligible for adjustment?", "an A-number"),
    ("My client is 17 and was trafficked in 2019. Is she eligible?", "facts first, question behind"),
    ("Should the officer deny this I-914?", "the officer"),
    ("Will this application be approved?", "a forecast"),
    ("Should USCIS grant our petition?", "the agency"),
    ("does this petitioner deserve a waiver", "without capitals or a question mark"),
    ("Given these facts, does he meet the extreme hardship standard?", "a standard applied to facts of a person"),
    ("Does he qualify?", "a pronoun is a person"),
    ("Would you approve a waiver for a man with two assault convictions?", "the reader is asked to decide"),
    ("is this case approvable", "the case itself"),
    ("Should we grant", "no object at all"),
    ("does Maria qualify", "a first name alone"),
    ("Rate the credibility of this applicant", "a score is a decision"),
    ("Rate the credibility of the applicant's statement from 1 to 10.", "a score on a scale"),
    ("How would you rule on this one?", "the reader as a judge"),
    ("How would you decide?", "the reader as a judge, no case named"),
    ("What would you decide in this case?", "with a case named"),
    ("Do you think she qualifies?", "an opinion on a person"),
    ("What are her chances of approval?", "a forecast of the outcome"),
    ("How likely is it that my client wins?", "a forecast in other words"),
    ("Is the applicant telling the truth?", "the truth of an account"),
    ("Has she met her burden of proof?", "whether a burden is met"),
    ("Has this applicant established extreme hardship?", "a standard met by one person"),
    ("Would you grant the licence to this firm?", "a licence: another field of law"),
    ("Should I fine this company?", "a fine: another field of law"),
    ("Is our facility in compliance with the permit?", "our own compliance"),
    ("Does my client's fund comply with the rule? Is this firm liable?", "two questions on one firm"),
    ("Please evaluate this case and tell me the outcome.", "an order, politely"),
    ("Decide this case.", "an order"),
    ("Draft a denial for Mr. Chen.", "the decision in writing"),
    ("What is your verdict?", "the word itself"),
    ("Tell me whether this claim should be granted.", "an indirect question"),
    ("So should I reject it?", "a conclusion asked for"),
    ("He worked on a farm without pay. Grant or deny?", "facts, then the choice"),
    ("Ana was held for a year and has one arrest. Is she inadmissible?", "facts of a named person, then a pronoun"),
    ("Can you tell me if she is eligible?", "an indirect question on a pronoun"),
    ("Would it be right to deny this man?", "right or wrong in one case"),
    ("Should this application be denied?", "passive, this application"),
    ("Do I approve or deny?", "a choice put as a question of duty"),
    ("Should the permit holder be fined in this case?", "in this case"),
    ("Should Maria Gonzalez, A 123-456-789, get a T visa?", "the number of a file, whatever the words"),
    ("IOE0912345678: can she travel?", "a receipt number before the question"),
    ("Receipt IOE0912345678: she was 16 when trafficked. Should it be approved?", "a time in the facts"),
    ("Should IOE0912345678, which was filed in May, be approved?", "a relative clause"),
    ("A-012345678, who escaped in 2019, has shown hardship. Grant?", "one word behind the facts"),
    ("A-012345678: deserves approval, given what happened to her", "no question mark"),
    ("Find whether IOE0912345678 qualifies", "an order to look"),
    ("Decide A123456789", "told to decide a file"),
    ("A123456789 eligible for T visa?", "no verb at all"),
    ("A123456789 - approve T visa?", "what an officer does"),
    ("Tell me the outcome for IOE0912345678", "a forecast of a file"),
]
GENERAL = [  # (question that the documents can answer, reason)
    ("Does physical presence include being paroled to be eligible?", "two words are not a name"),
    ("Does Form I-192 have to be granted before status?", "a form is not a person"),
    ("What must an applicant show to be eligible?", "the rule for any applicant"),
    ("Does an applicant have to be in the United States?", "an applicant, not this one"),
    ("Who is eligible for T-1 status?", "a class of people"),
    ("When can USCIS deny an application?", "the rule on denial"),
    ("Is a minor exempt from the requirement?", "a class of people"),
    ("What happens if the application is denied?", "a consequence"),
    ("Are parents of a T-1 holder under 21 eligible as family members?", "a class of people"),
    ("How does an officer decide whether a request was reasonable?", "the standard itself"),
    ("What evidence does the applicant submit?", "a procedure"),
    ("Can a T-1 holder bring her parents if she is 24?", "a hypothetical holder"),
    ("What does the rule say about approving applications?", "the rule"),
    ("grounds for denial", "keywords"),
    ("8 CFR 214.202(c)(1)", "a citation"),
    ("What must she show whose number is A123456789?", "a number, and a question for the rule"),
    ("A123456789 was paroled in 2021. What form must she file?", "a fact of a file, then a question for the rule"),
    ("Is there a fee for Form I-914? My A-number is A-012345678.", "a fee, for everybody"),
    ("IOE0912345678: can I file Form I-918 by mail?", "how to file"),
    ("I am A-012345678 and was granted T-1 status; how long does it last?", "a decision among the facts"),
    ("Under which rule was A-012345678 removed?", "the rule, with a word before it"),
    ("What happens if receipt IOE0912345678 is still pending after 6 months?", "a condition"),
    ("Could you tell me what evidence is required for A123456789?", "a polite question for the rule"),
    ("Can you find the rule on travel for A12345678?", "a request to search"),
    ("What evidence does 8 CFR 214.204 say can be filed for A123456789?", "points inside a citation"),
    ("extension of status IOE0912345678", "keywords beside a number"),
    ("When should an officer deny an application?", "when: the rule"),
    ("When should an officer deny the waiver of an applicant who lied?", "when, with a relative clause"),
    ("Can an applicant who left the country be granted status?", "an applicant of some sort: the rule"),
    ("Can an applicant who has a conviction be granted a waiver?", "likewise with a conviction"),
    ("Under what circumstances should we deny a petition?", "circumstances: the rule"),
    ("Should an officer deny an application only because one document is missing?", "any officer: the rule"),
    ("If an applicant is denied, can she appeal?", "a consequence for anybody"),
    ("A victim marries after filing. Is she still eligible?", "facts of anybody, then a pronoun"),
    ("When is an applicant credible?", "when: the standard"),
    ("How should credibility be assessed?", "how: the standard"),
    ("How are petitions approved or denied?", "how, with both outcomes"),
    ("What is the decision process?", "a process"),
    ("Who decides whether a request is reasonable?", "who has the power"),
    ("Does Congress require a report?", "a name that is no person"),
    ("Does Medicare cover this?", "a name that is no person"),
    ("Is parole granted automatically?", "a word at the start is no name"),
    ("May USCIS deny this form of relief?", "this form of relief is no case"),
    ("Can this status be revoked?", "a status is no case"),
    ("Does this rule apply to licensed banks?", "a rule is no case"),
    ("Does our rule on denial apply to family members?", "our rule is no case"),
    ("What standard of proof must be met for approval?", "a standard"),
    ("How long after approval may the holder travel?", "a period"),
    ("rate of interest on late payments", "keywords with rate"),
    ("Rate limits for the interface", "keywords with rate"),
    ("Is a firm that fails to report liable to a fine?", "a class of firms"),
    ("Should a firm that fails to report be fined?", "a class of firms, should"),
    ("Can a licence be refused because of a conviction?", "a ground"),
    ("What does 'credible' mean?", "a definition"),
    ("What should we do when evidence is missing?", "a procedure"),
    ("Should the applicant submit a personal statement?", "what an applicant has to do"),
    ("Should applicants include a cover letter with their filing?", "what applicants have to do"),
    ("Should the petitioner mail it to the lockbox?", "where to send it"),
    ("May an officer find a fact without evidence?", "a power"),
    ("Where should I file my application?", "a place"),
    ("Does my application need a translation?", "a requirement"),
    ("Do I have to reject an extension request that came late?", "a duty that the rule settles"),
    ("No birth certificate. Can I refuse just because one paper is not there?", "a ground that the rule settles"),
    ("Can you find the rule on travel?", "the reader is asked to search"),
    ("Can you find where the manual speaks of denial?", "the reader is asked to search for a word"),
    ("Could you determine this from the table of contents?", "nothing is decided"),
]


@pytest.mark.parametrize(("question", "reason"), VERDICTS)
def test_a_decision_on_a_case_is_seen(question, reason):
    assert asks_for_verdict(question), reason


@pytest.mark.parametrize(("question", "reason"), GENERAL)
def test_a_question_about_the_rule_is_none(question, reason):
    assert not asks_for_verdict(question), reason


LISTED = tomllib.loads(WORDS.read_text(encoding="utf-8"))["verdict"]


@given(st.sampled_from(LISTED["acts"]), st.sampled_from(LISTED["cases"]))
def test_each_listed_act_on_each_listed_case_is_a_decision_and_its_rule_is_none(act, case):
    assert asks_for_verdict(f"Should I {act} this {case}?")
    assert not asks_for_verdict(f"When must an officer {act} such a {case}?")


def test_words_are_listed_once_and_in_lower_case():
    for words in LISTED.values():
        assert len(set(words)) == len(words)
    assert all(word == word.lower() for word in chain(*LISTED.values()))
