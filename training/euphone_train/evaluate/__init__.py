"""Figures of a bundle: phone error rate, boundary error, speed."""
