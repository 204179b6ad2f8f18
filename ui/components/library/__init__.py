"""Parts of the Library that change what is held: official texts that are fetched, documents that are removed."""
