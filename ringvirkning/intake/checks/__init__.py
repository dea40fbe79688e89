"""What is wrong with a folder: by the contract, between its rows, and as data about persons."""
