"""How often does the second reading doubt our words, and does it notice words that are wrong?

    python -m benchmarks.pdf.second_reading FOLDER [--examples 5] [--altered 0] [--seed 5] [--json]

Reads every PDF file below a folder as an ingest does, and prints for each how many pages were read twice, how many of
them are doubtful, how many of our words are not confirmed, and some of these in their sentences. With ``--altered`` it
also changes one fragment of so many pages of each file in each of the ways of ``KINDS`` and counts how often a word at
the change is doubted; fragments that were doubted before the change are left out.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import click

from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.second_reading.blocks import DOUBTFUL
from ingest.readers.pdf.second_reading.comparison import PageText, unseen_words
from ingest.readers.pdf.second_reading.second_text import PdfiumPage, pdfium_pages
from ingest.readers.pdf.second_reading.squash import squash
from ingest.records import Fragment, Reading
from pinpoint.errors import PinpointError

_AROUND = 40  # characters shown on either side of an alarm
_LEAST_WORDS = 6  # of a fragment that is altered
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")

Change = tuple[str, int, int]
"""The altered text, and the span of it in which a word should be doubted."""


@dataclass(slots=True)
class Result:
    """Counts of one file, or of all."""

    file: str
    pages: int = 0
    twice: int = 0
    doubtful: list[tuple[int, float]] = field(default_factory=list)
    words: int = 0
    unconfirmed: int = 0
    examples: list[str] = field(default_factory=list)
    altered: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Words that are not confirmed, of 10,000."""
        return 10_000 * self.unconfirmed / self.words if self.words else 0.0


def replaced(pattern: str, by: str) -> Callable[[str, random.Random, Sequence[str]], Change | None]:
    """A change of one match of a pattern, drawn at random."""

    def change(text: str, draw: random.Random, _: Sequence[str]) -> Change | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = draw.choice(found)
        new = match.expand(by) if by != "#" else str((int(match[0]) + draw.randint(1, 9)) % 10)
        return text[: match.start()] + new + text[match.end() :], match.start(), match.start() + len(new)

    return change


def other_word(text: str, draw: random.Random, words: Sequence[str]) -> Change | None:
    """A word gives way to another of the page."""
    match = draw.choice(list(re.finditer(r"\S+", text)))
    new = draw.choice(words)
    return None if new == match[0] else (text[: match.start()] + new + text[match.end() :], match.start(), match.end())


def other_number(text: str, draw: random.Random, words: Sequence[str]) -> Change | None:
    """A number gives way to another of the page."""
    found, numbers = list(_NUMBER.finditer(text)), [word for word in words if _NUMBER.fullmatch(word)]
    if not found or not numbers:
        return None
    match, new = draw.choice(found), draw.choice(numbers)
    changed = text[: match.start()] + new + text[match.end() :]
    return None if new == match[0] else (changed, match.start(), match.start() + len(new))


def swapped(text: str, draw: random.Random, _: Sequence[str]) -> Change | None:
    """Two neighbours change their order."""
    found = list(re.finditer(r"(\S+)(\s+)(\S+)", text))
    match = draw.choice(found)
    new = match[3] + match[2] + match[1]
    changed = text[: match.start()] + new + text[match.end() :]
    return None if "|" in new or new == match[0] else (changed, match.start(), match.end())


KINDS: dict[str, Callable[[str, random.Random, Sequence[str]], Change | None]] = {
    "another digit": replaced(r"\d", "#"),
    "a digit lost": replaced(r"(?<=\d)\d|\d(?=\d)", ""),
    "not lost": replaced(r"\bnot ", ""),
    "not added": replaced(r"(?<=[a-z]) (?=[a-z])", " not "),
    "a word lost": replaced(r"(?<=\w )[a-z]+ (?=\w)", ""),
    "another word": other_word,
    "words swapped": swapped,
    "a section sign lost": replaced("\u00a7+ ?", ""),
    "a decimal point or hyphen between digits lost": replaced(r"(?<=\d)[.\u2013-](?=\d)", ""),
    "a hyphen between letters lost": replaced(r"(?<=[a-z])-(?=[a-z])", ""),
    "another number": other_number,
}


def count(path: Path, examples: int) -> tuple[Result, Reading]:
    """What the second reading of a file says."""
    reading = read_pdf(path)
    twice = dict(reading.agreement)
    result = Result(path.name, len(reading.page_labels), len(twice))
    result.doubtful = [(page, share) for page, share in reading.agreement if share < DOUBTFUL]
    for block in reading.blocks:
        result.words += sum(len(part.text.split()) for part in block.fragments if part.page in twice)
        for start, end in block.unconfirmed:
            result.unconfirmed += len(block.text[start:end].split())
            around = block.text[max(0, start - _AROUND) : start], block.text[end : end + _AROUND]
            shown = f"{around[0]}<<{block.text[start:end]}>>{around[1]}"
            result.examples.append(f"page {block.fragments[0].page}, {block.kind}: {shown}")
    if len(result.examples) > examples:
        result.examples = random.Random(len(result.examples)).sample(result.examples, examples)
    return result, reading


def alter(path: Path, reading: Reading, most: int, draw: random.Random, result: Result) -> None:
    """Alter fragments of a file and count how often that is noticed."""
    twice = {page for page, _ in reading.agreement}
    by_page: dict[int, list[Fragment]] = {}
    for block in reading.blocks:
        for part in block.fragments:
            if part.page in twice and len(part.text.split()) >= _LEAST_WORDS:
                by_page.setdefault(part.page, []).append(part)
    pages = sorted(draw.sample(sorted(by_page), min(most, len(by_page))))
    for number, page in pdfium_pages(path, pages, {}):
        words = [word for part in by_page[number] for word in part.text.split() if word != "|"]
        for kind, change in KINDS.items():
            part = draw.choice(by_page[number])
            if (changed := change(part.text, draw, words)) and not any(_unseen(part.text, part, page)):
                result.altered[kind] += 1
                result.noticed[kind] += any(
                    start <= changed[2] + 1 and changed[1] - 1 <= end for start, end in _unseen(changed[0], part, page)
                )


def _unseen(text: str, part: Fragment, page: PdfiumPage) -> Iterator[tuple[int, int]]:
    yield from unseen_words(text, squash(text), PageText(page.text), lambda: page.inside(part.boxes))


def lines_of(result: Result) -> list[str]:
    """A result in words."""
    named = "" if result.file == "all" else ", ".join(f"{page} ({share:.0%})" for page, share in result.doubtful[:20])
    head = (
        f"{result.file}: {result.pages} pages, {result.twice} read twice, {len(result.doubtful)} doubtful"
        f"{f' ({named})' if named else ''}; {result.unconfirmed} of {result.words} words not confirmed, "
        f"{result.rate:.1f} of 10,000"
    )
    noticed = [
        f"  {kind}: {result.noticed[kind]} of {total} noticed ({result.noticed[kind] / total:.0%})"
        for kind, total in result.altered.items()
    ]
    return [head, *(f"  {example}" for example in result.examples), *noticed]


def _plain(result: Result) -> dict[str, Any]:
    return {one.name: getattr(result, one.name) for one in fields(result)}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--examples", default=5, show_default=True, help="Alarms printed of each file.")
@click.option("--altered", "most", default=0, show_default=True, help="Pages of each file that are altered.")
@click.option("--seed", default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(folder: Path, *, examples: int, most: int, seed: int, as_json: bool) -> None:
    """Count the alarms of the second reading over the PDF files of FOLDER."""
    draw, whole, results = random.Random(seed), Result("all"), []
    for path in sorted(folder.rglob("*.pdf")) if folder.is_dir() else [folder]:
        try:
            result, reading = count(path, examples)
            alter(path, reading, most, draw, result)
        except PinpointError as error:
            click.echo(f"{path.name}: not read: {error}", err=True)
            continue
        results.append(result)
        whole.pages, whole.twice = whole.pages + result.pages, whole.twice + result.twice
        whole.doubtful += result.doubtful
        whole.words, whole.unconfirmed = whole.words + result.words, whole.unconfirmed + result.unconfirmed
        whole.altered += result.altered
        whole.noticed += result.noticed
        if not as_json:
            click.echo("\n".join(lines_of(result)))
    click.echo(json.dumps([_plain(one) for one in (*results, whole)]) if as_json else "\n".join(lines_of(whole)))


if __name__ == "__main__":
    main()
