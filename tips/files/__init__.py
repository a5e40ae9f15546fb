"""Files that citizens send: received, checked, cleaned, handed on."""
