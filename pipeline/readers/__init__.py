"""From files to data: one reader per format."""
