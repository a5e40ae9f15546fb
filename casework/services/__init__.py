"""Use cases of casework, one per file, named by their verbs."""
