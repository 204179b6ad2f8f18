"""The query: its terms, its citations, its route, its expansion in the words of a corpus."""
