"""Smaller models from a larger one: pruned by structure, then taught to answer as it does."""
