"""Encoder and scorers tuned together on the raters' marks; the large bundle's additional encoders."""
