"""The front page on screen: pasted up for a width, then drawn line by line."""
