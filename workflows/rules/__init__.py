"""Decisions of the workflow app in plain Python: working days, legal periods, separation of duties."""
