"""From a question to verified quotations, or an honest refusal."""
