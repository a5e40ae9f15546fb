"""Sealing of the journal: batches under Merkle roots, signed heads of days, proofs, and their check."""
