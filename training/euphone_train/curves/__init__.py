"""Learning curves: recorded while a run trains, drawn afterwards, and measured over the amount of data."""
