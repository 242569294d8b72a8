"""The page of the library: its papers, where they come from, a map of them, and adding more."""
