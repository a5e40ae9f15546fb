"""Servers that come from wheels: PostgreSQL, Valkey and SeaweedFS on loopback ports of this machine."""
