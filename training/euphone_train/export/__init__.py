"""ONNX export, quantisation and bundles."""
