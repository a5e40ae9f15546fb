"""Destroying the sealed content of a tip: what stands in the way, what is destroyed, what stays.

Whoever adds sealed things to a tip registers with `eraser`, and with `obstacle` what must be settled before.
"""
