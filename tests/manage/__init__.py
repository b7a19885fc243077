"""Tests of manage."""
