"""From the engine's evidence to human scores: fits the calibration.json that an acoustic bundle carries."""
