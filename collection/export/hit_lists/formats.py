"""The files that a list of hits can become."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collection.export.hit_lists.bibtex import bibtex_of
from collection.export.hit_lists.csl import csl_of
from collection.export.hit_lists.csv_table import csv_of
from collection.export.hit_lists.listed import Listed
from collection.export.hit_lists.ris import ris_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFormat:
    """A kind of file.

    Attributes:
        title: What people call it.
        suffix: Of its name, without a dot.
        mime: Its type on the web.
        write: Makes it of hits.
    """

    title: str
    suffix: str
    mime: str
    write: Callable[[Sequence[Listed]], bytes]


LIST_FORMATS = (
    ListFormat(title="Table (CSV)", suffix="csv", mime="text/csv", write=csv_of),
    ListFormat(title="RIS", suffix="ris", mime="application/x-research-info-systems", write=ris_of),
    ListFormat(title="CSL-JSON", suffix="json", mime="application/vnd.citationstyles.csl+json", write=csl_of),
    ListFormat(title="BibTeX", suffix="bib", mime="application/x-bibtex", write=bibtex_of),
)
"""In the order in which they are offered."""


def list_format_of(name: str) -> ListFormat | None:
    """The format of a file by the end of its name; None where there is none."""
    return next((one for one in LIST_FORMATS if name.lower().endswith(f".{one.suffix}")), None)
