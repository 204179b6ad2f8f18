"""What a generation knows of its words, to read queries with: their counts and the abbreviations that are defined."""

import json
from dataclasses import fields
from pathlib import Path

from index.carried.abbreviations import collect_corpus
from index.carried.documents import CorpusRows
from index.carried.word_counts import count_corpus
from index.query.expansion import FILE
from index.query.glossary import Abbreviation


def write_words(corpus: CorpusRows, before: Path | None, folder: Path) -> Path:
    """Collect the words and abbreviations of documents and write them into a generation; returns the file.

    Args:
        corpus: The documents.
        before: An intact generation of the same analyzer; None for none.
        folder: Of the generation that is built.
    """
    counts = count_corpus(corpus, before)
    spelling = counts.spelling()
    stored = {
        "words": spelling.counts,
        "names": sorted(spelling.names),
        "capitals": spelling.capitals,
        "short_forms": [_stored(form) for form in collect_corpus(corpus, folder)],
        **counts.stored(),
    }
    file = folder / FILE
    file.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    return file


def _stored(form: Abbreviation) -> dict[str, object]:
    return {field.name: getattr(form, field.name) for field in fields(form)}
