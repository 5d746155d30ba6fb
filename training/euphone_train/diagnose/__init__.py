"""Which phone was said instead: synthetic mispronunciations, the ear that learns from them, and when to claim anything."""
