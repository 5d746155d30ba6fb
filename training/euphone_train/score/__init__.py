"""The learned scorer: segments, training, judging, export."""
