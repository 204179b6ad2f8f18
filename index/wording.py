"""The words of an index: how much they weigh, what they stand for, and where that is said."""

from collections.abc import Sequence

from citations.parse import LegalCitation
from index.documents.store import DocumentStore
from index.query.expansion import ExpandedQuery
from index.query.glossary import Abbreviation, Glossary
from index.ranking.scores import Ranking
from pinpoint.stored import Passage


class Wording:
    """What an opened index knows of words; ``HybridIndex`` is the one that is made."""

    store: DocumentStore
    _ranking: Ranking

    def term_weight(self, term: str) -> float:
        """Inverse document frequency of a term, ln((N + 1) / n); that of n = 1 for an unknown one."""
        return self._ranking.term_weight(term)

    def has_word(self, word: str) -> bool:
        """Whether these documents have a word as it is written."""
        return self._ranking.expander.has_word(word)

    def expand(self, text: str, citations: Sequence[LegalCitation] | None = None) -> ExpandedQuery:
        """A text in the words of these documents: typos corrected, abbreviations and everyday words spelled out.

        Args:
            text: A query or a part of one.
            citations: Those that stand in it, where it was parsed for them before.
        """
        return self._ranking.expander.expand(text, citations)

    @property
    def glossary(self) -> Glossary:
        """The abbreviations of these documents."""
        return self._ranking.expander.glossary

    def stated(self, form: Abbreviation, document_id: str) -> Passage | None:
        """The first passage of a document that says what an abbreviation stands for; None when none does."""
        passages = self.store.passages(form.stated)
        return next((passages[row] for row in form.stated if passages[row].document_id == document_id), None)
