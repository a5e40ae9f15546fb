"""Dated law, money and decisions on cases in plain Python."""
