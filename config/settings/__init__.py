"""Django's settings: base for all, dev for one machine, test for pytest, production for a bureau."""
