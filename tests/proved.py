"""Outputs read back and proved, in this process."""

from pipeline.build.proof import Witness, faults_of, read_back


def witness_of(numbered):
    keys = tuple(reference.key for reference in numbered.bibliography)
    return Witness(numbered.brief, keys, {}, bool(numbered.cited_at))


def faults(content, format, numbered, witness=None):
    """Return what is wrong in an output of a brief, as messages."""
    found = read_back(content, format, numbered.labels)
    seen = witness or witness_of(numbered)
    return [fault.message for fault in faults_of(found, numbered, seen, f"x.{format}")]


def wrong(numbered, found, format, witness=None):
    """Return what is wrong in an output that was read back."""
    return faults_of(found, numbered, witness or witness_of(numbered), f"x.{format}")
