"""Measure `brief` beside what one would use instead, in turn in one run (`make bench`).

In: a corpus made from the text of the sample briefs, always the same. Out: a table,
`build/bench.json`, and `docs/benchmarks.md` with its charts, if asked to write them.

What counts is processor time, user and system, with that of child processes, and the ratio to the
other program: ratios can be compared between machines, seconds cannot. Each row is the median of
its rounds; the spread is that of the middle half of the ratios.
"""
