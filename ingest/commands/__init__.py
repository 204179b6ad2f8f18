"""Commands of the ingest step: fetch and report, with their progress."""
