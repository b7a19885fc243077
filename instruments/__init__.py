"""What is asked: instruments as data, their items, answers and readings."""
