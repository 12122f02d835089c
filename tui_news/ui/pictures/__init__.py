"""Pictures as terminals draw them: kitty's graphics, sixels, and characters where there is neither."""
