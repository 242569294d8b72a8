"""Lists and counts: every paper that fits, from what the library knows of papers; never by a language model."""
