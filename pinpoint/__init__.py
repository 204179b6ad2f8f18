"""Pinpoint: search and cite policy and law; every statement is a verbatim quotation, checked by the machine.

    >>> import pinpoint
    >>> result = pinpoint.ingest("corpus", "index")
    >>> with pinpoint.open("index") as index:
    ...     found = index.search("8 CFR 214.202(c)", as_of="2025-01-01")
    ...     answer = index.ask("What is the annual cap on T visas?")
    >>> found.hits[0].section
    '8 CFR 214.202(c)'
    >>> answer.citations[0].section
    '8 U.S.C. 1184(o)(2)'
    >>> "may not exceed 5,000" in answer.statements[0].text
    True

Everything is imported when it is first used: ``import pinpoint`` alone loads no model and no other package.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answer.records import Answer, Citation, Statement
    from drafts.records import Check, Draft, Finding
    from index.records import Hit, SearchResult
    from ingest.pipeline import IngestResult
    from pinpoint.api import Index, ingest, open  # noqa: A004 - pinpoint.open, as in gzip.open
    from pinpoint.errors import IndexUnavailable, ManifestError, MissingModel, PinpointError
    from pinpoint.records import Filters, Source, Span
    from pinpoint.stored import StoredDocument as Document

_FROM = {
    "Answer": "answer.records",
    "Check": "drafts.records",
    "Citation": "answer.records",
    "Document": "pinpoint.stored:StoredDocument",
    "Draft": "drafts.records",
    "Filters": "pinpoint.records",
    "Finding": "drafts.records",
    "Hit": "index.records",
    "Index": "pinpoint.api",
    "IndexUnavailable": "pinpoint.errors",
    "IngestResult": "ingest.pipeline",
    "ManifestError": "pinpoint.errors",
    "MissingModel": "pinpoint.errors",
    "PinpointError": "pinpoint.errors",
    "SearchResult": "index.records",
    "Source": "pinpoint.records",
    "Span": "pinpoint.records",
    "Statement": "answer.records",
    "ingest": "pinpoint.api",
    "open": "pinpoint.api",
}
__all__ = [
    "Answer",
    "Check",
    "Citation",
    "Document",
    "Draft",
    "Filters",
    "Finding",
    "Hit",
    "Index",
    "IndexUnavailable",
    "IngestResult",
    "ManifestError",
    "MissingModel",
    "PinpointError",
    "SearchResult",
    "Source",
    "Span",
    "Statement",
    "ingest",
    "open",
]


def __getattr__(name: str) -> object:
    """Import a name of ``__all__`` when it is first used (PEP 562)."""
    if name not in _FROM:
        message = f"module 'pinpoint' has no attribute {name!r}"
        raise AttributeError(message)
    module, _, other_name = _FROM[name].partition(":")
    value = globals()[name] = getattr(import_module(module), other_name or name)
    return value


def __dir__() -> list[str]:
    """The names that are for use."""
    return __all__
