"""The language server for editors, `brief lsp`: the Language Server Protocol 3.17 over stdio.

In: what an editor has open, and the files of the project. Out: findings, completions, hovers,
places, renames and quick fixes. `serving` alone runs pygls, and `protocol` makes its values. All
else is about a `Reading`, in the columns of `Span`: lines and columns from 1, in characters.
"""
