"""Cards of a quiz: terms, lists, and which provision says what."""
