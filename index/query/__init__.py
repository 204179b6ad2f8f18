"""What a query means: its terms, its route, its expansion in the words of a corpus."""
