"""Network definitions and the reader of the pretrained encoder."""
