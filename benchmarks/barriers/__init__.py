"""What stands in the way of people on the pages of the app: what axe-core and a script find, and what it amounts to."""
