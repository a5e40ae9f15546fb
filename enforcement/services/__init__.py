"""Use cases from legal review to execution, one per file."""
