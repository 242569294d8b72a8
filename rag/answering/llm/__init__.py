"""Asking a language model through any endpoint that speaks OpenAI's protocol."""
