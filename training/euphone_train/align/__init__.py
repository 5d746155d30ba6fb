"""Forced alignment and the framewise labels made with it."""
