"""Statements: quotations chosen from evidence and verified character by character."""
