"""Tests of what leaves the house as a file."""
