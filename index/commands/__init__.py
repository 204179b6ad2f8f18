"""Commands of the index: compare, doctor, generations, links."""
