"""Changes between a version and the record, folded into one mapping for each side of each type."""
