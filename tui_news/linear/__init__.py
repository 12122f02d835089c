"""The newspaper line by line: prompts and numbered lists, for braille, speech and dumb terminals."""
