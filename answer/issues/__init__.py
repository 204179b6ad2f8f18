"""Issues: what the facts of a case raise, the rule that governs each, and what is quoted beside a refusal to decide."""
