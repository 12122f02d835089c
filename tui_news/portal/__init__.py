"""What is worked out from the cached articles: queries, topics, tags. Pure functions over the model."""
