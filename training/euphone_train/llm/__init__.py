"""A very small language model of the tutor's own words: trained, distilled, fine-tuned, quantised, and written for real servers."""
