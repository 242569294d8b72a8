"""A follow-up question becomes one that stands on its own."""
