"""The seam behind which the passages of a generation lie: here in local files, elsewhere on several machines.

Whatever fulfils ``Backend`` and ``Generations`` and passes ``tests/test_backend.py`` can take the place of the local
index; ``docs/scale.md`` says where one machine ends. Beside these, answers and pages read whole provisions:
``index.provisions.Provisions`` and ``index.references.References`` work on the rows of a generation
(``index.rows``), which any SQL database can hold.
"""

from collections.abc import Mapping
from typing import Protocol

from index.records import Channel, Filters, Passage, SearchResult, StoredDocument


class Backend(Protocol):
    """One generation, opened: nothing that it gives changes as long as it is open, whatever is ingested meanwhile.

    Threads may share it.
    """

    @property
    def generation(self) -> str:
        """Name of the generation."""

    @property
    def documents(self) -> Mapping[str, StoredDocument]:
        """All documents by id, without their text."""

    def search(self, query: str, filters: Filters, *, top_k: int = 10, channel: Channel = "reranked") -> SearchResult:
        """Find the passages that best fit a query.

        A backend owes:

        - filters: no hit that they do not let through, the day of the law among them; a provision that a citation
          names is found whatever its dates, and says so;
        - each channel's own scores under ``channel="lexical"`` (BM25 up to a constant of the query, only passages that
          have a term of it) and ``channel="dense"`` (inner products with the embedded query), and under
          ``"hybrid"`` their convex combination over the candidates of both;
        - phrases: when passages hold the quoted words as typed, only these are found;
        - facets counted over everything found, not over the hits shown;
        - the same hits in the same order for the same query, ties by passage.

        Args:
            query: A citation, a ``"quoted phrase"``, keywords or a question.
            filters: What may be found.
            top_k: How many hits, at most ``index.hybrid.POOL``.
            channel: Both channels and re-ranking, both channels, or one alone.
        """

    def passage(self, passage_id: str) -> Passage:
        """A passage by its id.

        Raises:
            KeyError: There is no such document, or the id is malformed.
        """

    def term_weight(self, term: str) -> float:
        """Inverse document frequency of a term over all passages, ln((N + 1) / n)."""


class Generations(Protocol):
    """The generations of an index: one of them is in use, and changing which is a matter of one name."""

    def open(self) -> Backend:
        """The generation in use.

        Raises:
            NoGeneration: Nothing was ingested yet.
        """

    def use(self, generation: str) -> None:
        """Make a generation the one in use, at once for all who open it from now on; who has another open keeps it.

        Raises:
            NoGeneration: There is none of that name.
        """
