"""The page of settings: what writes the answers, how the indexes are."""
