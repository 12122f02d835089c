"""The widgets of the browser, drawn line by line so that a key costs few bytes."""
