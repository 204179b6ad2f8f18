"""Cost of one typo, and the share of it that correcting it gives back.

    python -m benchmarks.ranking.typos QUESTIONS.jsonl --index DIR [--seeds 2] [--channel hybrid|lexical]

In each answerable question two inner letters of one content word are exchanged, a word of five letters or more chosen
by a fixed seed. Prints how many gold quotations stand in the first 1, 3, 5 and 10 hits, without re-ranking, for the
questions as they are, with the typo, and with the typo where nothing is corrected; and how many typos are read as
the word that was intended.
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
from index.query.query import read_query
from index.query.spelling import Spelling
from index.records import Channel
from index.search import HybridIndex, load_index

_CONTENT = re.compile(r"(?<![\w'-])[a-z]{5,}(?![\w'-])")


def with_typo(question: str, source: random.Random) -> tuple[str, str]:
    """A question with two inner letters of one word exchanged, and that word; the question itself where none can be."""
    words = [match for match in _CONTENT.finditer(question) if term_of(match.group())]
    source.shuffle(words)
    for match in words:
        word = match.group()
        positions = [position for position in range(1, len(word) - 2) if word[position] != word[position + 1]]
        if positions:
            position = source.choice(positions)
            typo = f"{word[:position]}{word[position + 1]}{word[position]}{word[position + 2 :]}"
            return f"{question[: match.start()]}{typo}{question[match.end() :]}", word
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
    expander = index._ranking.expander
    spelling = expander.spelling
    asked = [
        question
        for question in load_questions(given.questions)
        if question.answerable and read_query(question.question).route in ("question", "keyword")
    ]
    print(f"{len(asked)} questions; first 1 / 3 / 5 / 10, mean reciprocal rank")
    print_ranks("as they are", index, asked, given.channel)
    for seed in range(given.seeds):
        source = random.Random(seed)
        typos = [(question, *with_typo(question.question, source)) for question in asked]
        mistyped = [replace(question, question=text) for question, text, _ in typos]
        found = [(index.expand(text), word) for _, text, word in typos if word]
        corrected = sum(word in read.typos for read, word in found)
        print(f"seed {seed}: {len(found)} typos, {corrected} read as the word that was intended")
        print_ranks("  corrected", index, mistyped, given.channel)
        expander.spelling = Spelling({})
        print_ranks("  nothing corrected", index, mistyped, given.channel)
        expander.spelling = spelling


if __name__ == "__main__":
    main()
