"""Utforsk: where a question is put, and the records behind its answer."""
