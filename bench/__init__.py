"""Benchmarks, side by side with what they are compared to: ``python -m bench [NAME...]``."""
