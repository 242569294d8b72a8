"""Measuring answers against questions whose papers and facts are known."""
