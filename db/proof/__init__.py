"""The parts of `claimtrack.db.verify`, one a thing that is checked."""
