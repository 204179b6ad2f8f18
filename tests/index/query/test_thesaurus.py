"""The everyday words of the thesaurus: what the law says for them, and what is no everyday word."""

import re
import tomllib
from collections import Counter

import pytest

from index.query.analyzer import terms
from index.query.thesaurus import THESAURUS, expand_everyday, read_ages

TABLES = tomllib.loads(THESAURUS.read_text(encoding="utf-8"))
ENTRIES = [(group, word, phrases) for group, entries in TABLES.items() for word, phrases in entries.items()]

LAW = [  # (query, searched beside it, reason)
    ("can she get a green card", "lawful permanent resident", "status: the card for what it proves"),
    ("he snuck into the US", "present without being admitted or paroled", "status: 8 U.S.C. 1182(a)(6)(A)"),
    ("is there a ten-year bar", "unlawful presence", "status: the bar by its length, with a hyphen"),
    ("deported years ago", "removal", "removal: the word of the law since 1996"),
    ("she was shipped back", "removal", "removal: irregular forms of the same stem"),
    ("what if immigration court already ordered it", "removal proceedings", "removal: the court by its work"),
    ("he flew home for a funeral", "departure from the United States", "travel: an irregular past tense"),
    ("she was gone too long", "departure in excess of 90 days", "travel: what breaks continuous presence"),
    ("her kid aged out", "age-out protection", "family: 8 CFR 214.211"),
    ("his stepdad", "stepparent", "family: kinship without the sex"),
    ("her kid sister", "unmarried sibling under 18 years of age", "family: a sibling who may be a derivative"),
    ("they split up", "termination of marriage", "family: two words that mean divorce together"),
    ("is she ok to work", "employment authorization", "work: permission in everyday words"),
    ("paid under the table", "unauthorized employment", "work: an idiom"),
    ("she can't afford the form", "fee waiver", "money: what follows from it in procedure"),
    ("working off what she owed", "debt bondage", "money: a phrase of victims"),
    ("her boss called ICE", "abuse or threatened abuse of the legal process", "control: a threat by its name in law"),
    ("took her passport", "confiscate passport", "control: the pronoun does not matter"),
    ("what if he flies home", "advance parole", "travel: a trip to come needs leave; the word alone says it"),
    ("the girl ran away", "escaped", "control: an irregular past tense"),
    ("he would hurt my family", "threat of serious harm to another person", "control: harm to somebody else"),
    ("told the police", "report to law enforcement agency", "police: another tense of an entry"),
    ("letter from the police", "law enforcement agency declaration", "police: the paper by who writes it"),
    ("won't help the cops", "refusal to comply with reasonable request for assistance", "police: what is refused"),
    ("his rap sheet", "criminal history", "court: slang"),
    ("he broke the law", "committed a crime", "court: an irregular past tense"),
    ("in lockup", "detention", "court: slang for a place"),
    ("forced to sell drugs", "caused by or incident to victimization", "crime: 8 U.S.C. 1182(d)(13)"),
    ("sex for rent", "anything of value", "crime: what is given need not be money"),
    ("was she beaten", "physical abuse", "harm: an act for its kind"),
    ("her shrink", "mental health professional", "harm: slang for a profession"),
    ("too traumatized to talk", "unable to comply due to trauma", "harm: the exception"),
    ("is it hush-hush", "confidentiality", "privacy: an idiom with a hyphen"),
    ("will my trafficker find out", "disclosure", "privacy: the fear for the rule"),
    ("just her word", "any credible evidence", "evidence: a statement with nothing behind it"),
    ("how much proof", "standard of proof", "evidence: a degree"),
    ("we lost documents", "secondary evidence", "evidence: what takes the place of papers"),
    ("the numbers ran out", "annual numerical limit", "procedure: the cap by what becomes of it"),
    ("took back his statement", "withdrawn", "procedure: what a witness or an agency does"),
    ("the application was sent back", "rejection", "procedure: papers that come back, not people"),
    ("she was sent back", "removal", "removal: people that go back, not papers"),
    ("who must sign off", "signature", "procedure: an idiom"),
    ("can we speed it up", "expedite", "procedure: words around what is asked; 'it' is passed over"),
    ("face-to-face", "interview", "procedure: with hyphens"),
    ("the annual cap on T visas", "annual numerical limit", "procedure: the cap by what it is a cap on"),
    ("is there a T visa cap", "annual numerical limit", "procedure: the class before it"),
    ("her visa was refused", "denial", "procedure: another order"),
    ("we filed it late", "untimely", "procedure: late of a filing"),
    ("will they cancel her visa", "revoke", "procedure: a visa is canceled by revocation"),
    ("they refused the visa", "denial", "procedure: the decision, not the victim"),
    ("she stopped helping the police", "refusal to comply with reasonable request for assistance", "police: whom"),
    ("can she bring her husband", "eligible family member", "family: who is brought"),
    ("still owes the smuggler", "debt bondage", "money: to whom it is owed"),
    ("the embassy abroad", "consular officer", "offices: a house for who decides there"),
]
OTHER = [  # (query, never searched, reason)
    ("chain of custody", "physical restraint", "to chain is not a chain"),
    ("supply chain due diligence", "physical restraint", "a word of trade"),
    ("advice of counsel", "treatment", "counseling has the stem of counsel"),
    ("report a leak of water", "disclosure", "leaks are of water as well"),
    ("rush hour", "expedite", "rush alone says nothing"),
    ("punch press guards", "violence", "a machine"),
    ("fire protection", "termination of employment", "fired has the stem of fire"),
    ("three shots were fired", "vaccination", "not of a doctor"),
    ("single weekend", "unmarried", "single of a thing"),
    ("an unpaid leave", "unpaid wages", "leave without pay is nothing owed"),
    ("grooming of minors", "spouse", "groom has the stem of grooming"),
    ("pros and cons", "fraud", "conned has the stem of cons"),
    ("they got away with it", "escaped", "not from a person"),
    ("John Smith", "commercial sex act", "a name"),
    ("is there an age limit for siblings", "numerical limitation", "a limit of age"),
    ("time limit to file", "numerical limitation", "a limit of time"),
    ("is there a cap on fees", "annual numerical limit", "a cap of money"),
    ("her late husband", "untimely", "a person who died"),
    ("cancel my removal order", "revoke", "cancellation of removal, INA 240A"),
    ("cancel an interview", "terminate", "an appointment"),
    ("the charity stopped helping her", "refusal to comply with reasonable request for assistance", "not the victim"),
    ("my lawyer won't help me", "refusal to comply with reasonable request for assistance", "nor here"),
    ("she refused to work", "denial", "a refusal of a person, not of an agency"),
    ("he has a sealed record", "expungement", "sealed is not expunged"),
    ("she worked in a massage parlor", "commercial sex act", "as often forced labor of other kinds"),
    ("a dancer in a strip club", "commercial sex act", "nor is dancing"),
    ("need a letter from the police", "certification", "the paper of the U class"),
    ("a cop letter", "certification", "the same in slang"),
    ("can I work off hours", "debt bondage", "hours outside of work"),
    ("she owes taxes", "debt bondage", "a debt to nobody who binds"),
    ("bring evidence to the interview", "eligible family member", "things are brought too"),
    ("her trafficker's criminal court case", "removal proceedings", "another court"),
    ("is it decided in person", "interview", "a stop word leaves 'person' alone"),
]


def _searched(query):
    plain, _ = read_ages(query)
    return [phrase for entry in expand_everyday(terms(plain)) for phrase in entry.phrases]


@pytest.mark.parametrize(("query", "phrase", "reason"), LAW)
def test_everyday_words_are_searched_in_those_of_the_law(query, phrase, reason):
    assert phrase in _searched(query), reason


@pytest.mark.parametrize(("query", "phrase", "reason"), OTHER)
def test_words_in_another_sense_are_left_alone(query, phrase, reason):
    assert phrase not in _searched(query), reason


def test_no_expansion_is_what_was_typed():
    """What only repeats the words counts them twice, and a note would say it was searched for something else."""
    repeats = [
        (word, phrase) for _, word, phrases in ENTRIES for phrase in phrases if set(terms(phrase)) <= set(terms(word))
    ]
    assert not repeats


def test_no_phrase_of_an_entry_repeats_another():
    """ "removal, removed" is one term twice: it would weigh double and say nothing more."""
    read = [(word, [frozenset(terms(phrase)) for phrase in phrases]) for _, word, phrases in ENTRIES]
    assert not [word for word, phrases in read if len(set(phrases)) < len(phrases)]


def test_no_two_entries_are_read_alike():
    """The later one would silently count; "deport" and "deportation" have one stem."""
    counts = Counter(tuple(terms(word)) for _, word, _ in ENTRIES)
    assert not [word for _, word, _ in ENTRIES if counts[tuple(terms(word))] > 1]


@pytest.mark.parametrize("group", TABLES)
def test_entries_are_in_alphabetical_order(group):
    """So that one finds what is there before adding to it."""
    assert list(TABLES[group]) == sorted(TABLES[group], key=str.lower)


def test_entries_are_short():
    """At most three phrases of at most eight words: notes are read, and long phrases weigh little in each word."""
    assert not [word for _, word, phrases in ENTRIES if not 0 < len(phrases) <= 3]
    assert not [phrase for _, _, phrases in ENTRIES for phrase in phrases if len(phrase.split()) > 8]


def test_entries_have_no_marks_of_their_own():
    """An entry is compared by its terms: a mark in it would be believed to count."""
    assert not [word for _, word, _ in ENTRIES if re.search(r"[^\w '-]", word)]
