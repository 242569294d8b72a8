"""From a question to the papers and sentences that answer it."""
