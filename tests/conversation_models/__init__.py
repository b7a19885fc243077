"""Tests of conversation_models."""
