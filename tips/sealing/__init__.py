"""What is sealed, under which key, and who opens it."""
