"""Growth with the number of passages: of searches, and of an ingest after one change."""
