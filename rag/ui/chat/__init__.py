"""The chat: turns, answers as they are written, what is said of them."""
