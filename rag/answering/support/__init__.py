"""Whether abstracts say what an answer says."""
