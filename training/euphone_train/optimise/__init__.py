"""What makes a model smaller or faster, and what that costs: variants of one fold's model, measured by the program itself."""
