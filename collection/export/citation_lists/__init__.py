"""Citations as files, of hits, answers and collections alike: a table, data for reference managers, Bluebook text."""
