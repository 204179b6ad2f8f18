"""``pinpoint watch``: a folder is read again whenever its files have changed and stand still."""
