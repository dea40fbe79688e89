"""What Streamlit draws on every page."""
