"""Abbreviations: found where documents define them, read in a query, retained with where they stand."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.carried.abbreviations import collect, statements_of
from index.carried.documents import CorpusRows
from index.generations.read import current_generation
from index.generations.rows import load_documents, load_parsed
from index.query.abbreviations import find_abbreviations
from index.query.analyzer import terms
from index.query.glossary import ABBREVIATIONS, Abbreviation, Glossary

STATED = [  # (text, abbreviation, long form, reason)
    ("the Law Enforcement Agency (LEA) declares", "LEA", "Law Enforcement Agency", "behind its long form"),
    ("an LEA (law enforcement agency) declares", "LEA", "law enforcement agency", "before it"),
    ('"EWI" means entry without inspection.', "EWI", "entry without inspection", "with a verb"),
    ("law enforcement agencies (LEAs)", "LEA", "law enforcement agencies", "plural"),
    ('the Bank of England (hereinafter "BOE")', "BOE", "Bank of England", "small words give no letter"),
    ('the Data Protection Act ("DPA" or "the Act")', "DPA", "Data Protection Act", "one of two names"),
    ("Administrative Appeals Office (AAO)", "AAO", "Administrative Appeals Office", "not 'Appeals Office' alone"),
    ("the Office of Management and Budget (OMB)", "OMB", "Office of Management and Budget", "not 'of Management …'"),
    ("U.S. Citizenship and Immigration Services (USCIS)", "USCIS", "U.S. Citizenship and Immigration Services", "U.S."),
    ("Financial Crimes Enforcement Network (FinCEN)", "FinCEN", "Financial Crimes Enforcement Network", "inside words"),
    ("anti-money laundering (AML)", "AML", "anti-money laundering", "a hyphen divides words"),
    (
        "the Violence Against Women Reauthorization Act of 2013 (VAWA 2013)",
        "VAWA 2013",
        "Violence Against Women Reauthorization Act of 2013",
        "a year belongs to it, and one word may be passed over",
    ),
    ("NTA: Notice to Appear\nRFE: Request for Evidence", "RFE", "Request for Evidence", "a list of abbreviations"),
    ("AAO | Administrative Appeals Office", "AAO", "Administrative Appeals Office", "a row of a table"),
    ("the European Union (E.U.)", "EU", "European Union", "with points"),
]
NOT_STATED = [  # (text, reason)
    ("the alien is inadmissible (II) or removable (AA)", "numbers of paragraphs"),
    ("immigration is important (III) here", "a Roman numeral whose letters could be found"),
    ("see the manual (PDF) for it", "the letters do not stand before it"),
    ("the victim (LEA) declares", "nor here"),
    ("An office closed. Later, (AO) opened", "another sentence"),
    ("(LEA)", "nothing before it"),
    ("HOME STATE (HS)", "a heading in capitals"),
    ("the NACARA adjustment (NACARA)", "itself"),
]


@pytest.mark.parametrize(("text", "short", "long", "reason"), STATED)
def test_a_definition_is_found(text, short, long, reason):
    assert (short, long) in {(found.short, found.long) for found in find_abbreviations(text)}, reason


@pytest.mark.parametrize(("text", "reason"), NOT_STATED)
def test_what_is_no_definition_is_passed_over(text, reason):
    assert not list(find_abbreviations(text)), reason


def test_a_text_that_goes_on_to_say_what_it_means_defines_it():
    defines = [found.defines for found in find_abbreviations("Law Enforcement Agency (LEA) means a Federal agency.")]
    assert defines == [True]
    assert not any(found.defines for found in find_abbreviations("a law enforcement agency (LEA) declares"))


@given(st.lists(st.sampled_from(["Board", "office", "of", "Appeals", "(BA)", "(OBA)", "means", ".", "II"]), max_size=9))
def test_what_is_found_begins_with_the_first_letter_of_its_abbreviation(parts):
    for found in find_abbreviations(" ".join(parts)):
        assert found.long[0].lower() == found.short[0].lower()
        assert found.long in " ".join(parts)


LEA = Abbreviation("LEA", "law enforcement agency", 9, ("rule", "manual"), (1, 4), (1,))
OTHER = Abbreviation("LEA", "local education agency", 2, ("report",), (8,))
ICE = Abbreviation("ICE", "in case of emergency", 1, ("report",), (9,))
KIDS = Abbreviation("KIDS", "kernel installation and distribution system", 1, ("report",), (9,))
GLOSSARY = Glossary([OTHER, LEA, ICE, KIDS], is_word=lambda word: word in ("act", "ice"))

TYPED = [  # (query, long forms, reason)
    ("LEA", ["law enforcement agency", "local education agency"], "both meanings, the more widespread first"),
    ("lea", ["law enforcement agency", "local education agency"], "in small letters, as no word of the documents"),
    ("LEAs must sign", ["law enforcement agency", "local education agency"], "plural"),
    ("L.E.A.", ["law enforcement agency", "local education agency"], "with points"),
    ("ICE", ["in case of emergency"], "the documents' own comes before the general list"),
    ("do kids count", [], "an everyday word of the thesaurus, whatever else documents call KIDS"),
    ("how thick is the ice", [], "a word of the documents in small letters is that word"),
    ("RFE", ["request for evidence"], "of the general list"),
    ("TVPRA of 2008", ["Trafficking Victims Protection Reauthorization Act"], "a year that nobody defines"),
    ("HOW LONG DOES ICE WAIT", [], "a loud question holds no short forms that are words"),
    ("a victim of it", [], "nothing"),
    ("she lives in Fairfax, VA can she apply", [], "a state behind a town"),
    ("she lives in fairfax, VA", [], "the same in small letters"),
    ("she lives in Falls Church VA now", [], "a town without a comma"),
    ("does the VA pay for it", ["Department of Veterans Affairs"], "no town"),
    ("Does VA pay", ["Department of Veterans Affairs"], "a capital that begins the text is no town"),
    ("the sec wants it", [], "two or three small letters are a word, if no document defines them"),
    ("is Ada a victim", [], "a name"),
    ("can she get bal", [], "small letters"),
    ("what is the ap for", [], "of two"),
    ("can a lea sign", ["law enforcement agency", "local education agency"], "small letters, defined by documents"),
    ("sec?", ["Securities and Exchange Commission"], "all that is typed"),
    ("is tvpra a law", ["Trafficking Victims Protection Reauthorization Act"], "small letters, of four or more"),
    ("what is the SEC for", ["Securities and Exchange Commission"], "capitals"),
]


@pytest.mark.parametrize(("query", "longs", "reason"), TYPED)
def test_abbreviations_of_a_query(query, longs, reason):
    assert [form.long for typed in GLOSSARY.typed(query) for form in typed.meanings] == longs, reason


def test_a_long_form_has_its_abbreviation():
    assert GLOSSARY.short_for(tuple(terms("Law Enforcement Agencies"))) == "LEA"
    assert GLOSSARY.short_for(tuple(terms("law enforcement"))) == ""


def test_a_generation_knows_what_its_documents_define(tiny_index_dir):
    folder = current_generation(tiny_index_dir)
    corpus = [load_parsed(folder, name) for name in load_documents(folder)]
    firsts = CorpusRows(corpus).firsts
    found = collect(
        (parsed.document.id, row, statements_of(parsed)) for parsed, row in zip(corpus, firsts, strict=True)
    )
    lea = next(form for form in found if form.short == "LEA")
    rows = [passage.text for parsed in corpus for passage in parsed.passages]
    assert "rule-now" in lea.documents
    assert lea.defining and all("means" in rows[row] for row in lea.defining)


def test_every_entry_of_the_general_list_can_be_found():
    listed = tomllib.loads(ABBREVIATIONS.read_text(encoding="utf-8"))
    glossary = Glossary([])
    for short, longs in ((short, longs) for table in listed.values() for short, longs in table.items()):
        assert [form.long for form in glossary.meanings(short)] == longs
