"""A second, independent reading of PDF pages, against which the words of the first are held."""
