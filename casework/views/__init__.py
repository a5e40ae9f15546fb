"""Pages of casework: parse, call, answer."""
