"""One valid object by default, traits for states."""
