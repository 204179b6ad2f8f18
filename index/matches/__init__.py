"""All that matches a query: what is counted, and listed behind the best passages."""
