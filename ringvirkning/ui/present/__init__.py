"""What goes into the hall: decks and the list of them, paper, the page for everyone."""
