"""The catalogues: complete, in step, and chosen by the reader."""
