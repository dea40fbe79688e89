"""What scripts of ours draw in the browser, each beside its module, and how one is made."""
