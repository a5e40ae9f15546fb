"""Decisions on review, hearing, penalty and execution in plain Python."""
