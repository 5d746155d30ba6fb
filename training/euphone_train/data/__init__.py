"""Corpora, pronunciations, speaker splits and augmentation."""
