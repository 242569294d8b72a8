"""The page that sets papers or methods side by side."""
