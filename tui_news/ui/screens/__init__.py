"""The screens: the browser, and what opens over it."""
