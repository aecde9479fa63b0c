"""Promises of the ledger and the lease."""
