"""What many papers are about and how that changed: counted by SQL, grouped into themes, quoted from the abstracts."""
