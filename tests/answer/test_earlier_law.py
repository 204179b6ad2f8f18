"""A past day before the earliest text held: said in the answer, and the later text is never passed off as that law."""

from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from answer.assistant import Assistant
from answer.text import answer_text
from index.search import HybridIndex
from pinpoint.records import Filters

ACT = """\
[As Amended Through P.L. 119-1, Enacted January 29, 2025]

## § 1184. Admission of nonimmigrants

(o) A victim of a severe form of trafficking in persons may be admitted for 4 years.
"""
LISTED = """
[[document]]
id = "act"
file = "statutes/act.md"
title = "8 U.S.C. 1184 (statute compilation)"
kind = "statute"
cited_as = "8 U.S.C."
effective_from = 2025-01-29
"""


@pytest.fixture(scope="module")
def compiled(pristine_corpus: Path, run_ingest, tmp_path_factory, fake_embedder) -> Assistant:
    """A corpus whose only statute is a compilation of 2025, listed as in force from its date."""
    corpus = tmp_path_factory.mktemp("compiled") / "corpus"
    (corpus / "statutes").mkdir(parents=True)
    (corpus / "statutes" / "act.md").write_text(ACT, encoding="utf-8")
    copytree(pristine_corpus / "rules", corpus / "rules")
    listed = (pristine_corpus / "manifest.toml").read_text(encoding="utf-8").split("[[document]]")
    moved = "[[crosswalk]]" + listed[-1].split("[[crosswalk]]", 1)[1]
    entries = [entry for entry in listed if "rules/" in entry]
    text = "".join(f"[[document]]{entry}" for entry in entries) + LISTED + moved
    (corpus / "manifest.toml").write_text(text, encoding="utf-8")
    return Assistant(HybridIndex(run_ingest(corpus, corpus.parent / "index").generation, fake_embedder))


SINCE = "No text of 2010-01-01 is held of {}; the earliest held took effect on 2017-01-18."
CITED = [  # (what is typed, day, expected note, reason)
    ("8 CFR 214.202(b)", date(2010, 1, 1), SINCE.format("8 CFR 214.202(b)"), "before old and new"),
    ("8 CFR 214.11(b)(2)", date(2010, 1, 1), SINCE.format("8 CFR 214.11(b)(2)"), "before the old"),
    ("8 CFR 214.202(b)", date(2023, 6, 1),
     "8 CFR 214.202(b) took effect on 2024-08-28; before, the matter stood in 8 CFR 214.11(b)(2).", "elsewhere"),
    ("8 U.S.C. 1184(o)", date(2023, 6, 1),
     "No text of 2023-06-01 is held of 8 U.S.C. 1184(o); the earliest held is current to 2025-01-29.", "a compilation"),
    ("8 U.S.C. 1184(o)", date(2025, 6, 1), "", "a later day is said by \u201cas printed\u201d"),
    ("8 CFR 214.202(b)", date(2025, 1, 1), "", "the text of that day is held"),
    ("8 CFR 214.11(b)(2)", date(2023, 6, 1), "", "the old text is of that day"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "day", "note", "reason"), CITED)
def test_a_cited_provision_says_that_no_text_of_the_day_is_held(compiled, cited, day, note, reason):
    answer = compiled.ask(cited, filters=Filters(day))
    assert [said for said in answer.notes if "held" in said or "before," in said] == ([note] if note else []), reason
    assert answer.citations, "what is held is shown, marked"


def test_a_compilation_is_no_law_of_a_day_before_it_and_shown_as_such(compiled):
    answer = compiled.ask("For how long may a victim of trafficking be admitted?", filters=Filters(date(2023, 6, 1)))
    quoted = next(citation for citation in answer.citations if citation.kind == "statute")
    assert quoted.in_force and quoted.status == "no text of that day", "neither in force then nor known not to be"
    assert (
        "No text of 2023-06-01 is held of 8 U.S.C. 1184(o); the earliest held is current to 2025-01-29." in answer.notes
    )
    assert "No text of June 1, 2023 held; copy current to January 29, 2025." in answer_text(answer)


def test_today_the_compilation_is_as_printed(compiled):
    answer = compiled.ask("For how long may a victim of trafficking be admitted?", filters=Filters(date.today()))
    assert "As printed January 29, 2025; later changes not included." in answer_text(answer)
    assert not any("No text of" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("day", "said", "reason"),
    [
        (date(2010, 1, 1), True, "what answers today began later, and nothing older is held"),
        (date(2023, 6, 1), False, "the old rule held the matter"),
        (date.today() + timedelta(1), False, "no past day"),
    ],
)
def test_a_question_says_that_the_law_of_the_day_is_not_held(compiled, day, said, reason):
    answer = compiled.ask("Who is eligible for T-1 nonimmigrant status?", filters=Filters(day))
    assert any(f"No text of {day} is held of 8 CFR 214.202" in note for note in answer.notes) == said, reason
    assert not any(citation.source_file.startswith("rules/") and not citation.in_force for citation in answer.citations)


DAY = date(2023, 6, 1)
UNDATED = f"No date is recorded of these texts, so nothing tells whether they stood on {DAY}."
WENT = "8 CFR 214.202(b) took effect on 2024-08-28; before, the matter stood in 8 CFR 214.11(b)(2)."
OLD_DATES = "effective_from = 2017-01-18\neffective_to = 2024-08-28\n"


@pytest.fixture(scope="module")
def listed_with(pristine_corpus: Path, run_ingest, tmp_path_factory, fake_embedder):
    """``listed_with(DATES)``: the small corpus, whose old rule is listed with other dates."""

    def opened(dates: str) -> Assistant:
        corpus = Path(copytree(pristine_corpus, tmp_path_factory.mktemp("dates") / "corpus"))
        manifest = (corpus / "manifest.toml").read_text(encoding="utf-8")
        (corpus / "manifest.toml").write_text(manifest.replace(OLD_DATES, dates), encoding="utf-8")
        return Assistant(HybridIndex(run_ingest(corpus, corpus.parent / "index").generation, fake_embedder))

    return opened


@pytest.mark.parametrize(
    ("dates", "more", "reason"),
    [
        (OLD_DATES, "", "from when to when it stood is known"),
        ("current_to = 2024-01-01\n",
         f" No text of {DAY} is held of 8 CFR 214.11(b)(2); the earliest held is current to 2024-01-01.",
         "an edition of a later day"),
        ("", " No date is recorded of the text held of 8 CFR 214.11(b)(2).", "whether it stood then nobody says"),
    ],
)  # fmt: skip
def test_where_the_matter_stood_says_no_more_than_is_known(listed_with, dates, more, reason):
    assistant = listed_with(dates)
    cited = assistant.ask("8 CFR 214.202(b)", filters=Filters(DAY))
    assert [note for note in cited.notes if note.startswith("8 CFR 214.202(b)")] == [WENT + more], reason
    said = more.strip().split(" of 8 CFR")[0] or "before, the matter"
    asked = assistant.ask("Who is eligible for T-1 nonimmigrant status?", filters=Filters(DAY))
    assert any(said in note for note in asked.notes) == bool(more), (reason, asked.notes)


@pytest.mark.parametrize(
    ("query", "day", "said", "reason"),
    [
        ("8 U.S.C. 1184(o)", DAY, True, "a provision that is cited"),
        ("8 U.S.C. 1184(o)", date.today(), False, "today nothing is passed off as older law; its badge says it"),
        ("8 CFR 214.11(b)(2)", DAY, False, "its days are recorded"),
        ("For how long may a victim of trafficking be admitted?", date(2099, 1, 1), False, "no past day"),
    ],
)
def test_undated_text_is_no_law_of_a_past_day_without_a_word(tiny_index, query, day, said, reason):
    answer = Assistant(tiny_index).ask(query, filters=Filters(day))
    assert answer.citations
    assert (UNDATED in answer.notes) == said, reason
    assert sum("No date is recorded of these" in note for note in answer.notes) == said, reason


@pytest.mark.parametrize(
    ("query", "day", "searches", "reason"),
    [
        ("Who is eligible for T-1 nonimmigrant status?", date(2010, 1, 1), 2, "what answers today began later"),
        ("Who is eligible for T-1 nonimmigrant status?", date(2024, 8, 28), 1, "no text began after that day"),
        ("Who is eligible for T-1 nonimmigrant status?", date.today(), 1, "no past day"),
        ("8 CFR 214.202(b)", date(2010, 1, 1), 1, "the lookup says it"),
    ],
)
def test_a_past_day_is_searched_twice_only_where_later_law_may_answer(
    tiny_index, fake_embedder, monkeypatch, query, day, searches, reason
):
    index, days = HybridIndex(tiny_index.folder, fake_embedder), []
    search = index.search
    monkeypatch.setattr(index, "search", lambda *args, **more: days.append(args[1].as_of) or search(*args, **more))
    Assistant(index).ask(query, filters=Filters(day))
    assert len(days) == searches, reason
