"""Figures: phone error rate, boundary error, goodness of pronunciation."""
