"""Changing by hand what a model would not do by itself: hand on, suspend, move, skip, cancel, signal."""
