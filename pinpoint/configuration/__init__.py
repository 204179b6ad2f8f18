"""Settings: the table of them, what each may be, the file that sets them, and how they are shown."""
