"""Limits of what one request may bring, for every way in that strangers use. Set by hand; not measured."""

MOST_QUERY = 4_000
"""Characters of a query or a question; the facts of a case take some hundreds of words."""
MOST_CITATION = 500
"""Characters of a citation or an id."""
MOST_TEXT = 400_000
"""Characters of a draft: some 150 pages."""
MOST_HELD = 500
"""Quotations held against the documents in one call."""
MOST_NAMES = 50
"""Names of kinds, collections or documents in one request."""
MOST_HITS = 1_000
"""Hits of one search, as many as the index lists."""
MOST_FETCHED = 100_000
"""Characters of one fetched text: some 35 pages. What is longer is fetched section by section."""
LONGEST_NAME = 200
"""Characters of the name of a kind, a collection or a generation, and of the caller's own name for a query."""
