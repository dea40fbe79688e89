"""Small numbers about persons are rounded, once, before anybody sees them."""
