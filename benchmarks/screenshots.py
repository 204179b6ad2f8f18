"""Pictures of every page for the documents: ``python -m benchmarks.screenshots [--index DIR] [--into docs/pictures]``.

Starts the app over an index and takes each page as its users see it: wide, in the dark scheme, and on a narrow screen.
Check and Changes show more over the official texts: ``--index DIR --pages check changes``.
"""

import argparse
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks.app import ARGS, ASK_BOX, AT_REST, CHROMIUM, SEARCH_BOX, served

QUESTION = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
MEMO = """An applicant must show that "the applicant would suffer mild hardship" upon removal. 8 CFR 214.202(d).

Who was under 18 years of age at the time of victimization is exempt from requests. 8 CFR 214.11(b)(3)(i).

The applicant must be "physically present in the United States", 8 CFR 214.202(b); see also 8 CFR 214.202(k)."""
SAID = "!document.getElementById('pp-said')?.textContent"  # what was done is said for some seconds, over the page
LONGEST = 90_000  # ms
COLOURS = 128  # of the palette, so that the files stay small
SHAPES: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "": (1280, 900, "light"),
    "-dark": (1280, 900, "dark"),
    "-narrow": (360, 780, "light"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("build/index"), help="folder of the index")
    parser.add_argument("--into", type=Path, default=Path("docs/pictures"), help="folder for the pictures")
    parser.add_argument("--pages", nargs="+", choices=STEPS, default=[*STEPS], help="names of the pages")
    chosen = parser.parse_args()
    with served(chosen.index) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for shape, (width, height, scheme) in SHAPES.items():
            page = browser.new_page(bypass_csp=True, viewport={"width": width, "height": height}, color_scheme=scheme)
            page.set_default_timeout(LONGEST)
            page.goto(address)
            page.get_by_role("heading", level=1, name="Ask").wait_for()
            for name in chosen.pages:
                STEPS[name](page)
                rest(page)
                page.wait_for_function(SAID)
                file = chosen.into / f"app-{name}{shape}.png"
                save(page.screenshot(), file)
                print(file)
            page.close()
        browser.close()


def save(picture: bytes, file: Path) -> None:
    """Write a picture with few colours: the screens have few, and the file is a third of the size."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(file, optimize=True)


def rest(page: Page) -> None:
    page.wait_for_timeout(700)
    page.wait_for_function(AT_REST)
    page.wait_for_timeout(700)


def go(page: Page, name: str) -> None:
    page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}")).click()
    page.get_by_role("heading", level=1, name=re.compile(f"^{name}")).wait_for()
    rest(page)


def enter(page: Page, box: str, text: str) -> None:
    rest(page)
    page.get_by_label(box, exact=True).fill(text)
    page.get_by_label(box, exact=True).press("Enter")


def answer(page: Page) -> None:
    enter(page, ASK_BOX, QUESTION)
    page.locator(".pp-answer").first.wait_for()
    rest(page)
    page.locator("a.pp-marker").nth(1).click()


def printed(page: Page) -> None:
    """The page of the first quotation that stands in a PDF file."""
    enter(page, ASK_BOX, "What are the missions of the QHSR?")
    page.locator(".pp-question", has_text="missions").wait_for()
    rest(page)
    for marker in page.locator("ol.pp-answer a.pp-marker").all()[:8]:
        if page.get_by_text("The page", exact=True).count():
            break
        marker.click()
        rest(page)
    if page.get_by_text("The page", exact=True).count():
        page.get_by_text("The page", exact=True).click()
        page.locator(".pp-leaf").first.wait_for()


def declined(page: Page) -> None:
    go(page, "Ask")
    enter(page, ASK_BOX, "Does this applicant qualify for a T visa?")
    page.locator(".pp-declined").first.wait_for()


def search(page: Page) -> None:
    go(page, "Search")
    enter(page, SEARCH_BOX, '"reasonable request" assistance')
    page.locator(".pp-hit").first.wait_for()


def browse(page: Page) -> None:
    page.locator(".pp-hit h3 a").first.click()
    page.locator(".pp-reading").first.wait_for()


def collection(page: Page) -> None:
    for paragraph in page.locator(".pp-para", has=page.locator("[data-pp=collect]")).all()[:2]:
        paragraph.locator("[data-pp=collect]").first.focus()
        page.keyboard.press("Enter")
        rest(page)
    go(page, "Collection")


def check(page: Page) -> None:
    go(page, "Check")
    page.get_by_label("Text of the draft", exact=True).fill(MEMO)
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    page.locator(".pd-list").wait_for()


def changes(page: Page) -> None:
    go(page, "Changes")
    page.get_by_role("button", name="Compare", exact=True).press("Enter")
    heading = page.locator("#changed-sections")
    heading.wait_for()
    rest(page)
    heading.evaluate("part => part.scrollIntoView()")


def quiz(page: Page) -> None:
    go(page, "Quiz")
    page.get_by_label("Cards from").click()
    page.get_by_role("option", name=re.compile("eligibility")).first.click()


def library(page: Page) -> None:
    go(page, "Library")


STEPS: dict[str, Callable[[Page], None]] = {
    "ask": answer,
    "page": printed,
    "declined": declined,
    "search": search,
    "browse": browse,
    "collection": collection,
    "check": check,
    "changes": changes,
    "quiz": quiz,
    "library": library,
}


if __name__ == "__main__":
    main()
