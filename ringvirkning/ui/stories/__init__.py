"""One partnership or one partner, told."""
