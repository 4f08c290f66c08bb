"""Values that never stand in plain text in a repository: sealed beside a person's file, opened only by the holder of a key."""
