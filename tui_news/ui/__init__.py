"""The screen: Textual and nothing else. It shows, asks and sends messages; the newsroom does the work."""
