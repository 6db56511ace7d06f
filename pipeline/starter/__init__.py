"""What a new project begins with. In: a folder. Out: the files of a project that builds at once."""

from __future__ import annotations

from pathlib import Path

from ..needs import SYSTEMS, fonts_of, libraries, packages_of

# Where each file of this folder goes in a project. Names here have no dots in front: tools that
# make packages leave such files out.
FILES = {
    "README.md": "README.md",
    "house.toml": "styles/house.toml",
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/briefs.yml",
    "action.yml": ".github/actions/briefwright/action.yml",
    "Dockerfile": "Dockerfile",
    "tasks.json": ".vscode/tasks.json",
    "settings.json": ".vscode/settings.json",
    "extensions.json": ".vscode/extensions.json",
}


def project_files(house_toml: Path) -> dict[str, str]:
    """Return the files of a project by path, but for its brief and its references.

    Images and actions install the packages of Debian that the fonts of `house_toml` are in.
    """
    debian = next(system for system in SYSTEMS if system.name == "debian")
    packages = " ".join(packages_of([*libraries(), *fonts_of(house_toml)], debian))
    folder = Path(__file__).parent
    return {
        path: (folder / name).read_text("utf-8").replace("@packages@", packages)
        for name, path in FILES.items()
    }
