"""Texts that ask by citing: nothing but a provision, its earlier text, or a law that has no code here."""
