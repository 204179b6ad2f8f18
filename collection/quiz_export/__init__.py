"""A quiz to print: questions first, answers apart."""
