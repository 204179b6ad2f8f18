"""The abbreviations that documents define, found in each document once and put together for each generation."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from index.carried.documents import CarriedDocument, CorpusRows, Document, loaded
from index.query import abbreviations
from index.query.abbreviations import Found, find_abbreviations
from index.query.analyzer import ANALYZER_VERSION, fold, terms
from index.query.glossary import Abbreviation
from pinpoint.stored import ParsedDocument

FILE = "abbreviations.json"
"""Name of what ``collect_corpus`` writes."""
_SAYS = re.compile(
    r"(?:^|[.;:]\s+|\n\s*|\)\s+)(?:(?i:an?|the(?: term| acronym)?)\s)?"
    r"[\"(]*(?P<short>[A-Z][A-Za-z&./-]*[A-Z])s?[\")]*,?\s+"
    r"(?:means|includes?|refers? to|is defined as|stands for)\b(?! that)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says of abbreviations.

    Attributes:
        position: Of the passage among those of its document, 0-based.
        found: Abbreviations with their long forms.
        says: Abbreviations in small letters of which it goes on to say what they mean.
        defines: Heading of the section of a definition in which it stands, "" for none.
    """

    position: int
    found: tuple[Found, ...]
    says: tuple[str, ...]
    defines: str


def statements_of(parsed: ParsedDocument) -> list[Statement]:
    """What the passages of a document say of abbreviations; those that say nothing are left out."""
    headings = {section.number: section.heading for section in parsed.sections if section.kind == "definition"}
    statements = []
    for position, passage in enumerate(parsed.passages):
        found = tuple(find_abbreviations(passage.text))
        says = tuple(match["short"].lower() for match in _SAYS.finditer(fold(passage.text)))
        heading = headings.get(passage.section, "")
        if found or says or heading:
            statements.append(Statement(position, found, says, heading))
    return statements


def collect_corpus(corpus: CorpusRows, folder: Path) -> list[Abbreviation]:
    """The abbreviations that documents define, the most frequent first; writes what each says, for the next ingest."""
    known: dict[Path, dict[str, list[Statement]]] = {}
    said = [_statements(document, known) for document in corpus.documents]
    names = [document.document.id for document in corpus.documents]
    stored = {name: [_stored(one) for one in statements] for name, statements in zip(names, said, strict=True)}
    written = {"analyzer": ANALYZER_VERSION, "finders": finders_digest(), "documents": stored}
    (folder / FILE).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return collect(zip(names, corpus.firsts, said, strict=True))


def load_statements(folder: Path) -> dict[str, list[Statement]]:
    """What the documents of a generation say, by their ids; empty where this code did not find it."""
    if not (folder / FILE).is_file():
        return {}
    stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
    if (stored["analyzer"], stored.get("finders")) != (ANALYZER_VERSION, finders_digest()):
        return {}
    return {
        name: [
            Statement(position, tuple(Found(*one) for one in found), tuple(says), heading)
            for position, found, says, heading in statements
        ]
        for name, statements in stored["documents"].items()
    }


@cache
def finders_digest() -> str:
    """Digest of the code that finds statements, so that what other rules found is not carried over."""
    sources = (Path(file).read_bytes() for file in (abbreviations.__file__, __file__))
    return hashlib.sha256(b"".join(sources)).hexdigest()


def _stored(statement: Statement) -> tuple[object, ...]:
    found = [(one.short, one.long, one.defines) for one in statement.found]
    return statement.position, found, statement.says, statement.defines


@dataclass(slots=True)
class _Sayings:
    """What is known of one long form while it is collected."""

    written: Counter[tuple[str, str]] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    stated: set[int] = field(default_factory=set)
    defining: set[int] = field(default_factory=set)


def collect(documents: Iterable[tuple[str, int, Sequence[Statement]]]) -> list[Abbreviation]:
    """The abbreviations of documents, the most frequent first.

    Long forms of the same stems count as one and are shown as they are written most often. A passage defines an
    abbreviation when it says what it means, or stands in the section that defines the long form.

    Args:
        documents: Id of each, the row of its first passage, and what its passages say.
    """
    sayings: dict[tuple[str, tuple[str, ...]], _Sayings] = {}
    sections: dict[tuple[str, ...], set[int]] = {}
    says: dict[str, set[int]] = {}
    for name, first, statements in documents:
        for statement in statements:
            row = first + statement.position
            if statement.defines:
                sections.setdefault(_terms(statement.defines), set()).add(row)
            for short in statement.says:
                says.setdefault(short, set()).add(row)
            for found in statement.found:
                _note(sayings, found, name, row)
    return [_abbreviation(key, own, sections, says) for key, own in sorted(sayings.items(), key=_most_frequent)]


def _statements(document: Document, known: dict[Path, dict[str, list[Statement]]]) -> list[Statement]:
    """What a document says: as an older generation has it where it is carried over from that."""
    if isinstance(document, CarriedDocument):
        if document.folder not in known:
            known[document.folder] = load_statements(document.folder)
        if document.document.id in known[document.folder]:
            return known[document.folder][document.document.id]
    return statements_of(loaded(document))


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    """Terms of a heading or a long form, of which documents have many again and again."""
    return tuple(terms(text))


def _note(sayings: dict[tuple[str, tuple[str, ...]], _Sayings], found: Found, document: str, row: int) -> None:
    own = sayings.setdefault((found.short.lower(), _terms(found.long)), _Sayings())
    own.written[found.short, found.long] += 1
    own.documents[document] = None
    own.stated.add(row)
    if found.defines:
        own.defining.add(row)


def _most_frequent(entry: tuple[tuple[str, tuple[str, ...]], _Sayings]) -> tuple[int, tuple[str, tuple[str, ...]]]:
    return -entry[1].written.total(), entry[0]


def _abbreviation(
    key: tuple[str, tuple[str, ...]],
    own: _Sayings,
    sections: dict[tuple[str, ...], set[int]],
    says: dict[str, set[int]],
) -> Abbreviation:
    (short, long), _ = min(own.written.items(), key=lambda entry: (-entry[1], entry[0]))
    by_section = sections.get(key[1], set()) | sections.get((*key[1], *_terms(short)), set())
    defining = own.defining | by_section | says.get(key[0], set())
    return Abbreviation(
        short, long, own.written.total(), tuple(own.documents), tuple(sorted(own.stated)), tuple(sorted(defining))
    )
