"""Benchmarks: ratios against a baseline measured in the same run. No tests: nothing here passes or fails."""
