"""Read a Word file: bytes in, a `Readback` out.

`document` does it. `content` divides paragraphs into pieces, `marks` finds the numbers in them,
`numbering` counts headings as Word does, `updates` computes what an update of fields would print,
and `seen` reports numbers that are hidden. The verdict on files of any format needs `contract`
alone, so nothing is imported here.
"""
