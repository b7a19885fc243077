"""What is asked: instruments as data, what fits as an answer, and what answers say."""
