"""Runner, steps, ledger, lease."""
