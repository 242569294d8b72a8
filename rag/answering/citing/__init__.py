"""The markers of a language model become ours, and every sentence of it is checked."""
