"""Carrying running matters over to another version of their model: plan, trial, batch, undo."""
