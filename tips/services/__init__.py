"""Use cases of tips and rewards, one file each."""
