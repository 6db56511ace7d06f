"""`briefwright`, as the wheel installs it, in this repository: read from pipeline/.

Set-up puts this folder on the path of `.venv/`, so that the command `brief` and programs that
import `briefwright` find here what they find where the wheel is installed.
"""

from pathlib import Path

__path__ = [str(Path(__file__).parents[3] / "pipeline")]
exec((Path(__path__[0]) / "__init__.py").read_text("utf-8"))
