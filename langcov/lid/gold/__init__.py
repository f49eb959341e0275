"""Gold labels: lines that are not what they are filed as, and tests made of word tables."""
