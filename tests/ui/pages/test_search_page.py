"""The Search page: readings, totals, pages beyond the best hundred, and files of the list."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from collection.export.formats import LIST_FORMATS
from index.matches.listing import MOST_LISTED
from tests.ui.driver import button, go, new_app, shown
from ui.state import widgets

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def search(tiny_index_dir, monkeypatch):
    """``search(query)``: the app with the results of a query."""

    def run(query: str) -> AppTest:
        monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
        app = go(new_app().run(), "search")
        app.text_input(key=widgets.QUERY).set_value(query)
        button(app, "Search").click().run()
        return app

    return run


def told(app: AppTest) -> list[str]:
    """What the status region says in this run."""
    scripts = re.findall(r"'pinpoint-status', \{ detail: (\".*?\") \}", shown(app, scripts=True))
    return [json.loads(words) for words in scripts]


def _total(page: str) -> int:
    found = re.search(r"(?:\d+\u2013\d+ of )?([\d,]+) passages?", page.partition('pp-counted">')[2])
    assert found, page
    return int(found[1].replace(",", ""))


def test_the_reading_of_operators_is_shown(search):
    page = shown(search('victim AND traffick* -"zebra crossing"'))
    assert "Passages with \u201cvictim\u201d and a word that begins with \u201ctraffick\u201d" in page
    assert "passages that match" in page


def test_why_a_query_is_read_as_words_is_shown(search):
    assert "Read as words" in shown(search("victim AND"))


def test_a_word_that_no_passage_has_is_not_counted_as_one_that_matches(search):
    page = shown(search("xyzzyqq"))
    assert "passages that come nearest in meaning; none has the word" in page
    assert "No passage has \u201cxyzzyqq\u201d." in page
    assert "There are no numbers here" in page and "Numbers count" not in page


def test_signs_alone_find_nothing_and_no_limit_is_blamed(search):
    page = shown(search("*"))
    assert "0 passages, for" in page and "There is no word to look for" in page
    assert "Remove a limit" not in page


def test_the_operators_are_explained(search):
    assert "Operators: AND, OR, NOT, near/5, traffick*, -word" in shown(search("victim"))


def test_excluded_words_and_operators_are_not_marked(search):
    page = shown(search("victim AND NOT zebra AND traffick*"))
    assert "<mark>trafficking" in page.lower() or "<mark>victim" in page.lower()
    assert not re.search(r"<mark>(?:and|not|zebra)</mark>", page, re.IGNORECASE)


def test_the_total_counts_all_and_every_page_is_there(search):
    app = search("victim OR trafficking OR applicant")
    total, seen = _total(shown(app)), 0
    for number in range(1, -(-total // 10) + 1):
        page = shown(app if number == 1 else app.pagination[0].set_value(number).run())
        seen += page.count('class="pp-hit"')
    assert seen == total > 10


def test_a_count_beside_a_facet_is_what_choosing_it_finds(search):
    app = search("victim OR trafficking")
    pills = app.pills(key=widgets.FACET_KEYS["kind"])
    counts = {label: int(label.split()[-1]) for label in pills.options}
    app.pills(key=widgets.FACET_KEYS["kind"]).set_value(["policy-manual"]).run()
    (count,) = [count for label, count in counts.items() if "Policy Manual" in label]
    assert _total(shown(app)) == count


def test_a_status_counts_all_of_it(search):
    app = search("victim OR trafficking")
    counts = {label: int(label.split()[-1]) for label in app.pills(key=widgets.FACET_KEYS["status"]).options}
    app.pills(key=widgets.FACET_KEYS["status"]).set_value(["no date recorded"]).run()
    (count,) = [count for label, count in counts.items() if "No date recorded" in label]
    assert _total(shown(app)) == count


def test_a_citation_shows_the_sentences_that_cite_it(search):
    page = shown(search("8 CFR 214.202"))
    cards = page.split('class="pp-hit"')[2:]
    assert cards and all("<mark>" in card.partition('class="pp-snippet"')[2] for card in cards)
    assert "Cites 8 CFR 214.202" in page


def test_results_stand_before_the_facets_for_who_reads_in_order(search):
    page = shown(search("victim"))
    assert page.index('class="pp-hit"') < page.index("Narrow results")


def test_the_status_region_says_once_what_a_search_found(search):
    app = search("victim OR trafficking OR applicant")
    total = _total(shown(app))
    assert told(app) == [f"Results: 1\u201310 of {total} passages that match, by relevance."]
    app.run()
    assert told(app) == [], "a run that brings nothing says nothing"
    app.pagination[0].set_value(2).run()
    assert told(app)[0].startswith("Results: 11\u2013"), "another page of the list has come"
    button(app, "Search").click().run()
    assert len(told(app)) == 1, "and the same search again"
    app.text_input(key=widgets.QUERY).set_value("xylophone AND zymurgy")
    button(app, "Search").click().run()
    assert told(app) == ["Nothing matches."]


def test_sorting_goes_over_every_hit_of_operators(search):
    app = search("victim OR trafficking OR applicant")
    app.segmented_control(key=widgets.SORT).set_value("Authority").run()
    first = shown(app).partition('class="pp-hit"')[2].partition("</article>")[0]
    assert 'class="pp-badge">Statute' in first


def test_the_list_can_be_downloaded(search):
    app = search("victim OR trafficking")
    assert f"Download this list ({min(_total(shown(app)), MOST_LISTED)} passages)" in [
        one.label for one in app.expander
    ]
    assert [one.proto.label for one in app.get("download_button")] == [one.title for one in LIST_FORMATS]


def test_what_nobody_cites_is_said(search):
    page = shown(search("8 CFR 999.1"))
    assert "No passage cites 8 CFR 999.1" in page and "Nothing matches" in page
