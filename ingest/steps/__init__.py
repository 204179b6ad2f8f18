"""The steps of an ingest: what has to be read, what is known already, and how far it is."""
