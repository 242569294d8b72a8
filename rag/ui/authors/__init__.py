"""The page of authors: who is in the library, what they work on, with whom."""
