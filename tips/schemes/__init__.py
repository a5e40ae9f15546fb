"""Reward schemes as dated data: which is in force, tried, exchanged and shown."""
