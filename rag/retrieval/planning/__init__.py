"""A question in, a plan out: what is asked for, of which papers, and by what names they go."""
