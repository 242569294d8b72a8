"""The truth: papers, authors, sources and embeddings in one SQLite file."""
