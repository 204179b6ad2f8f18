"""Citations with what the copy knows: year, author, title and printed page; nothing that it does not know."""

from dataclasses import replace
from datetime import date

import pytest

from collection.export.citation_lists.bluebook import abbreviated, bluebook_form
from pinpoint.records import Source, Span

DHS, USCIS = "U.S. Department of Homeland Security", "U.S. Citizenship and Immigration Services"
SOURCE = Source(span=Span("d", 0, 1), file="d.md", title="The rule", kind="regulation", section="8 CFR 214.202(c)")
STRATEGY = "Strategy to Combat Human Trafficking"
CASES = [  # (what differs, publisher, Bluebook, reason)
    ({"current_to": date(2024, 1, 1)}, DHS, "8 C.F.R. \u00a7 214.202(c) (2024)", "the edition that the copy is"),
    ({}, DHS, "8 C.F.R. \u00a7 214.202(c)", "no year is made up"),
    ({"effective_from": date(2024, 8, 28)}, DHS, "8 C.F.R. \u00a7 214.202(c)", "a day of effect is no edition"),
    (
        {"section": "8 U.S.C. 1101", "current_to": date(2023, 1, 1)},
        "",
        "8 U.S.C. \u00a7 1101",
        "the code in force: no year",
    ),
    (
        {"section": "8 U.S.C. 1101", "current_to": date(2013, 1, 1), "effective_to": date(2014, 1, 1)},
        "",
        "8 U.S.C. \u00a7 1101 (2013)",
        "a text that has ended is that of an edition",
    ),
    (
        {"section": "3 USCIS-PM B.2(C)", "kind": "policy-manual", "current_to": date(2026, 6, 11)},
        USCIS,
        "U.S. Citizenship & Immigr. Servs., USCIS Policy Manual vol. 3, pt. B, ch. 2, \u00a7 C (2026)",
        "the manual by its parts, not by the title of the file",
    ),
    (
        {
            "section": "89 FR 34864",
            "kind": "final-rule",
            "title": "Eligibility, final rule (89 FR 34864)",
            "page_label": "34,870",
        },
        DHS,
        "Eligibility, final rule, 89 Fed. Reg. 34,864, 34,870",
        "title, first page, page; the day of publication is not recorded",
    ),
    (
        {"section": "89 FR 34864", "title": "89 FR 34864", "page_label": "34864"},
        DHS,
        "89 Fed. Reg. 34,864",
        "a title that is the citation is not said twice, nor the first page",
    ),
    (
        {"section": "DHS Directive 002-02(V)(A)", "kind": "directive", "title": "Human Trafficking", "page_label": "3"}
        | {"effective_from": date(2008, 4, 10)},
        DHS,
        "U.S. Dep't of Homeland Sec., DHS Directive 002-02, Human Trafficking \u00a7 V.A, at 3 (2008)",
        "rule 15.1(c) and 14.10: institutional author, number, title, page, year",
    ),
    (
        {"section": "DHS Directive 002-02", "kind": "directive", "title": "Directive 002-02, Human Trafficking"},
        DHS,
        "U.S. Dep't of Homeland Sec., Directive 002-02, Human Trafficking",
        "a number that the title has is not said twice",
    ),
    (
        {
            "section": f"{STRATEGY}, Goal 1",
            "kind": "strategy",
            "title": f"{STRATEGY} (January 2020)",
            "page_label": "12",
        },
        DHS,
        f"U.S. Dep't of Homeland Sec., {STRATEGY}, at 12 (Jan. 2020)",
        "the date that the title states",
    ),
    (
        {"section": STRATEGY, "kind": "strategy", "title": f"{STRATEGY} (Spring 2020)"},
        DHS,
        f"U.S. Dep't of Homeland Sec., {STRATEGY} (Spring 2020)",
        "what is no month stays",
    ),
    (
        {"section": STRATEGY, "kind": "strategy", "title": STRATEGY, "page": 4, "current_to": date(2026, 1, 1)},
        "",
        STRATEGY,
        "neither a day of download nor a page of the file is printed",
    ),
    (
        {
            "section": "Form I-485 Instructions, Part 8",
            "kind": "form-instructions",
            "title": "Instructions for Form I-485",
        }
        | {"page_label": "7"},
        USCIS,
        "U.S. Citizenship & Immigr. Servs., Instructions for Form I-485, at 7",
        "a form as a document of its agency",
    ),
    (
        {"section": STRATEGY, "title": f"{STRATEGY} (Sept. 2019)", "page_label": "Page 2 of 14"},
        "",
        f"{STRATEGY}, at 2 (Sept. 2019)",
        "a month that is short already, and a page with the number of all",
    ),
    (
        {"section": STRATEGY, "title": f"{STRATEGY} (September 3, 2019)"},
        "",
        f"{STRATEGY} (Sept. 3, 2019)",
        "a whole day",
    ),
    (
        {"section": "8 CFR, Subpart B", "title": "Title 8, Aliens (annual edition, January 1, 2024)"},
        "",
        "Title 8, Aliens (2024)",
        "a heading of an annual edition by its year",
    ),
    (
        {"section": "INA 214(o)(2)", "kind": "statute"},
        "",
        "Immigration and Nationality Act \u00a7 214(o)(2), 8 U.S.C. \u00a7 1184(o)(2)",
        "the paragraph that the copy of the Code has",
    ),
    (
        {"section": "INA 214(o)(9)", "kind": "statute"},
        "",
        "Immigration and Nationality Act \u00a7 214(o)(9), 8 U.S.C. \u00a7 1184(o)",
        "a paragraph that the copy of the Code has not is not made up",
    ),
    ({"section": "(2020)", "title": "(2020)", "kind": "report"}, "", "(2020)", "a title that is nothing but a date"),
]


@pytest.mark.parametrize(("differs", "publisher", "form", "reason"), CASES)
def test_the_form_of_a_citation(tiny_index, differs, publisher, form, reason):
    assert bluebook_form(tiny_index, replace(SOURCE, **differs), publisher) == form, reason


@pytest.mark.parametrize(
    ("author", "short", "reason"),
    [
        ("U.S. Customs and Border Protection", "U.S. Customs & Border Prot.", "words that the table has"),
        ("Office of the Federal Register", "Off. of the Fed. Reg.", "in its short form"),
        ("Census Bureau", "Census Bureau", "the others stay"),
        ("GAO", "GAO", "an abbreviation"),
        ("  U.S.\nCongress ", "U.S. Congress", "in one line"),
        ("", "", "nobody"),
    ],
)
def test_institutional_authors(author, short, reason):
    assert abbreviated(author) == short, reason
