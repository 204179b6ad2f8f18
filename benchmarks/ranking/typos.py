"""What does one slip of typing cost, and how much of that does mending it give back?

    python -m benchmarks.ranking.typos QUESTIONS.jsonl --index DIR [--seeds 2] [--channel hybrid|lexical]

In each answerable question two inner letters of one content word change places, a word of five letters or more chosen
by a fixed seed. Prints how many gold quotations stand in the first 1, 3, 5 and 10 hits, without re-ranking, for the
questions as they are, with the slip, and with the slip where nothing is mended; and how many of the slips are read as
the word that was meant.
"""

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.ranking.reranking import DEPTHS, RememberingEmbedder, reciprocal
from evaluation.question_set import GoldQuestion, load_questions
from evaluation.questions import search_all
from index.query.analyzer import term_of
from index.query.routing import route_query
from index.query.spelling import Spelling
from index.search import HybridIndex, load_index
from pinpoint.records import Channel

_CONTENT = re.compile(r"(?<![\w'-])[a-z]{5,}(?![\w'-])")


def with_slip(question: str, source: random.Random) -> tuple[str, str]:
    """A question with two inner letters of one word exchanged, and that word; the question itself where none can be."""
    words = [match for match in _CONTENT.finditer(question) if term_of(match.group())]
    source.shuffle(words)
    for match in words:
        word = match.group()
        places = [place for place in range(1, len(word) - 2) if word[place] != word[place + 1]]
        if places:
            place = source.choice(places)
            slip = f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
            return f"{question[: match.start()]}{slip}{question[match.end() :]}", word
    return question, ""


def print_ranks(label: str, index: HybridIndex, questions: Sequence[GoldQuestion], channel: Channel) -> None:
    ranks = [found.rank for found in search_all(index, questions, channel, lambda _: None)]
    found = " / ".join(str(sum(0 < rank <= depth for rank in ranks)) for depth in DEPTHS)
    print(f"{label:20s} {found}  {reciprocal(ranks):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--channel", choices=("hybrid", "lexical"), default="hybrid")
    given = parser.parse_args()
    index = load_index(given.index, RememberingEmbedder(), None)
    understanding = index._ranking.understanding
    spelling = understanding.spelling
    asked = [
        question
        for question in load_questions(given.questions)
        if question.answerable and route_query(question.question).route in ("question", "keyword")
    ]
    print(f"{len(asked)} questions; first 1 / 3 / 5 / 10, mean reciprocal rank")
    print_ranks("as they are", index, asked, given.channel)
    for seed in range(given.seeds):
        source = random.Random(seed)
        slips = [(question, *with_slip(question.question, source)) for question in asked]
        mistyped = [replace(question, question=text) for question, text, _ in slips]
        meant = [(index.understand(text), word) for _, text, word in slips if word]
        mended = sum(word in read.slips for read, word in meant)
        print(f"seed {seed}: {len(meant)} slips, {mended} read as the word that was meant")
        print_ranks("  mended", index, mistyped, given.channel)
        understanding.spelling = Spelling({})
        print_ranks("  nothing mended", index, mistyped, given.channel)
        understanding.spelling = spelling


if __name__ == "__main__":
    main()
