"""What is recorded, by whom, and who may see it."""
