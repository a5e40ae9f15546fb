"""Marks planted where tipsters and officials type, then searched in every place where something can stay.

A feature that takes something from a tipster plants it in `planting.py`; a new place where data can stay (a broker, a
file, a report) becomes a function of `places.py`. Nothing else needs to be told.
"""
