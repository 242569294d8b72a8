"""Comparisons: a table of what each paper's abstract says, what they share and where they differ."""
