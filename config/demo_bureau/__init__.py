"""The demo bureau: people, institutions and matters for trying the product, for scenarios and for tests."""
