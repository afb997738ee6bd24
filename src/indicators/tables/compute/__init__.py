"""Compute: accelerators, what the export rules say of them, and who is listed."""
