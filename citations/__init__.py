"""Legal citations: parsed as people write them, formatted one way, keyed for look-up."""
