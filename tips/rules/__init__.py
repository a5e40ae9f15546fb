"""Decisions on tips and rewards in plain Python."""
