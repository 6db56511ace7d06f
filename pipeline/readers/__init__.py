"""Readers, one per format. In: the content of files. Out: data and diagnostics."""
