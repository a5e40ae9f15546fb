"""Forms of tips and rewards."""
