"""Declining: whether the evidence is good enough, and what is never decided here."""
