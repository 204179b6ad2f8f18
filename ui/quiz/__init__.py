"""The parts of the Quiz page: what cards are made from, a card, and the quiz to print."""
