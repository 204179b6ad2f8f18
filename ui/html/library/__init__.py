"""HTML of the Library page: holdings, coverage, intake notices, generations."""
