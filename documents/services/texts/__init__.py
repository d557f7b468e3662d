"""What a document says: which job's text it is, what people put right in it, what of
it is found by a search, and how two readings of it differ."""
