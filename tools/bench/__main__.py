"""Measure, and print a row after the other.

--large    also what takes minutes, once each: hundreds of briefs, 200 pages, growth
--guide    everything, and write the figures and charts of docs/benchmarks.md
--only     rows whose name has these words
--rounds   instead of 7
"""

from __future__ import annotations

import argparse
import compileall
import gc
import tempfile
from itertools import chain
from pathlib import Path

from .cases import cases, large_cases
from .growth import curves
from .measuring import ROOT, measured
from .report import line, write_guide, write_json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--guide", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    is_whole = options.large or options.guide
    # Programs that are installed have their bytecode, and Python may be told to write none.
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    rows, grown = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in chain(cases(folder), large_cases(folder) if is_whole else ()):
            if options.only not in case.name:
                continue
            rounds = min(options.rounds or case.rounds, case.rounds)
            rows.append(measured(case._replace(rounds=rounds)))
            print(line(rows[-1]), flush=True)
        for curve in curves(folder) if is_whole and not options.only else ():
            grown.append(curve)
            shown = ", ".join(f"{seconds:.2f}" for seconds in curve.seconds)
            print(f"growth by {curve.name}, from {curve.first}: {shown} s", flush=True)
    gc.collect()  # PDFium complains of pages that are open at the end
    write_json(rows, grown, ROOT / "build/bench.json")
    if options.guide:
        write_guide(rows, grown)


main()
