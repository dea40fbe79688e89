"""What is said of what came in."""
