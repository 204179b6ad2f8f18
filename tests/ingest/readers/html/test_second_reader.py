"""A second reader of pages: what Chromium shows on its screen is what is read, word for word.

Words on purpose left out (struck out, menus) are taken from the page before it is asked; list numbers, which it prints
but does not count as text, are left aside with all figures.
"""

import importlib.util
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from ingest.readers.html.reader import html_reading
from ingest.readers.registry import read_document

HERE = Path(__file__).parent
CORPUS = HERE.parents[3] / "corpus"
TABLES = (
    ("test_chrome", "TEXT"),
    ("test_appearance", "HIDDEN"),
    ("test_appearance", "STRUCK"),
    ("test_tables", "TABLES"),
)
TABLES += (("test_notes", "NOTES"), ("test_lines", "LINES"))
CHROME = frozenset({"home", "contact", "privacy", "town", "go"})
"""Words of the tables' menus and controls."""
SHOWN = """() => {
    for (const element of document.querySelectorAll('body *')) {
        const style = getComputedStyle(element);
        if (style.textDecorationLine.includes('line-through')) element.remove();
        else if (style.position === 'absolute') element.remove();
        else if (element.tagName === 'DETAILS') element.open = true;
    }
    for (const element of document.querySelectorAll('nav, button, select, textarea')) element.remove();
    return document.body.innerText;
}"""
_WORD = re.compile(r"[^\W\d_]{2,}")


def _bodies():
    for name, table in TABLES:
        spec = importlib.util.spec_from_file_location(f"second_reader_{name}", HERE / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for row in getattr(module, table):
            if "</strong>The" in row[0]:
                continue  # the page glues two words on the screen as well
            yield pytest.param(row[0], id=f"{name}: {row[-1]}")


def _words(text):
    return Counter(word.lower() for word in _WORD.findall(unicodedata.normalize("NFKC", text)))


@pytest.fixture(scope="module")
def page(browser):
    opened = browser.new_context(java_script_enabled=True).new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("body", list(_bodies()))
def test_what_is_read_is_what_chromium_shows(page, body):
    source = f"<!DOCTYPE html><html><body>{body}</body></html>"
    page.set_content(source)
    shown = _words(page.evaluate(SHOWN))
    read = _words(" ".join(block.text for block in html_reading(source, "x.html").blocks))
    missing = {word for word in shown - read if word not in CHROME}
    added = read - shown
    if "span=" in body:  # the text of a cell is repeated for each row and column that it spans
        added = Counter({word: count for word, count in added.items() if word not in shown})
    assert (missing, dict(added)) == (set(), {})


@pytest.mark.parametrize("file", sorted(CORPUS.rglob("*.html")), ids=lambda file: file.name)
def test_the_pages_of_the_starter_corpus(page, file):
    page.set_content(file.read_text(encoding="utf-8"))
    shown = _words(page.evaluate(SHOWN))
    read = _words(" ".join(block.text for block in read_document(file).blocks))
    assert read - shown == Counter(), "nothing is made up"
    left_out = sum((shown - read).values())
    assert left_out <= 0.03 * sum(shown.values()), "but for the footer, all is read"
