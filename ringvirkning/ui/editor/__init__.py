"""What those see who keep the figures: upload, findings, confirmation, history."""
