"""Pages of citizens and of officers."""
