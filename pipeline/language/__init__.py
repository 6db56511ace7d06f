"""Words, direction and typography of the languages that briefs are written in."""
