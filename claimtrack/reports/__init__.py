"""Reports: one model, one module a format."""
