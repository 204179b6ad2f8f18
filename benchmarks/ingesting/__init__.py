"""An ingest measured: its times by step, its memory, other programs beside it, and what a kill costs."""
