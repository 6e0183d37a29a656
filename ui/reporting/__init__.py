"""The parts of the Reports page, one module a tab."""
