"""The project that the options of a command name."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ..project import Project, load_project


def project_of(options: Namespace, **more: Any) -> Project:
    """Read a project by the options that all commands on sources have; `more` are others."""
    return load_project(
        options.briefs,
        bibliography=options.bib,
        styles=options.styles,
        citation_style=options.citation_style,
        **more,
    )
