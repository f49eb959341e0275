"""Two results compared: paired differences, ids that drifted, confusion that moved, and what a gate says."""
