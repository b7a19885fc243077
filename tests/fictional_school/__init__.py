"""Tests of the fictional school."""
