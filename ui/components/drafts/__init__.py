"""The page Check: its form, and what it shows of checked drafts."""
