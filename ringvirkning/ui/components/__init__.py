"""What scripts of ours draw in the browser, each a module beside the one that fills it, and how a
component is made of it; `table.js`, `search.js` and `picture.js` are what they share."""
