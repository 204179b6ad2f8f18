"""Fragments that pages are made of: functions from records to HTML, and small groups of widgets."""
