"""A real language model over the quotations of real answers: what passes the check, what fails, how long it takes."""
