"""Targets made on a Dask cluster: the bytes of a local build, whatever becomes of its workers."""

import os
import pickle
import signal
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.build import build, cluster
from pipeline.build.cluster import Cluster, ClusterError, connected
from pipeline.build.environment import differences, environment
from pipeline.build.limits import Failure
from pipeline.cli import main
from pipeline.project import load_project

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own


def _slow(number):
    time.sleep(0.3)
    return number, os.getppid()


def _endless(_):
    while True:
        pass


@pytest.fixture(scope="module")
def workers():
    pytest.importorskip("distributed")
    with connected("local:2", ()) as found:
        yield found


def test_the_files_are_those_of_a_local_build(workers, project):
    loaded = load_project([project / "briefs/congestion.md", project / "briefs/japan-canada.md"])
    build(loaded, ("html", "docx"))
    wanted = {path.name: path.read_bytes() for path in (project / "build").glob("*.*")}

    outcomes = build(loaded, ("html", "docx"), cluster=workers, force=True)

    assert [outcome.status for outcome in outcomes] == ["built", "built"]
    assert wanted.keys() > {"congestion.docx", "japan-canada.html", "manifest.json"}
    assert {path.name: path.read_bytes() for path in (project / "build").glob("*.*")} == wanted


def test_what_tasks_share_is_sent_to_each_worker_once(workers, project):
    loaded = load_project([project / "briefs/japan-canada.md"])
    sent = []
    submit = workers._client.submit

    def counted(function, order, **options):
        sent.append(len(order))
        return submit(function, order, **options)

    workers._client.submit = counted
    try:
        for _ in range(6):
            build(loaded, ("docx",), cluster=workers, force=True)
    finally:
        workers._client.submit = submit
    assert 6 <= len(sent) <= 8  # at most once more for each worker


def test_a_worker_that_dies_costs_a_retry(workers):
    results = {}
    for position, (number, worker) in workers.run_unordered(_slow, range(12), lambda _: 20):
        if not results:
            os.kill(worker, signal.SIGKILL)
        results[position] = number
    assert results == dict(enumerate(range(12)))


def test_limits_hold_there(workers):
    ((position, result),) = workers.run_unordered(_endless, [0], lambda _: 1)
    assert position == 0
    assert isinstance(result, Failure)
    assert "more than" in result.message


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"nonsense",
        pickle.dumps(42),
        pickle.dumps(cluster._Missing("tcp://nobody:1")),
    ],
    ids=["nothing", "empty", "no-pickle", "another-value", "always-missing"],
)
def test_a_worker_that_answers_nonsense_costs_its_targets(workers, monkeypatch, answer):
    monkeypatch.setattr(cluster, "_done", lambda sent: answer)

    ((_, one), (_, other)) = workers.run_unordered(_slow, [0, 1], lambda _: 20)

    for result in (one, other):
        assert isinstance(result, Failure)
        assert result.of_machine


def client_of(*environments):
    """Return what stands for a client whose workers have these environments."""
    found = {f"tcp://{number}": other for number, other in enumerate(environments)}
    return SimpleNamespace(
        scheduler=SimpleNamespace(address="tcp://here"),
        scheduler_info=lambda n_workers: {"workers": found},
        run=lambda function, families, workers, on_error: found,
    )


def test_a_worker_with_other_versions_or_fonts_is_refused_by_name():
    own = environment(["Carlito"])
    other = {**own, "weasyprint": "69.0", "the font Carlito": "0", "Briefwright": "1"}

    found = Cluster(client_of(own, other), ["Carlito"])

    assert list(found.refused) == ["tcp://1"]
    assert found.refused["tcp://1"] == [
        f"the font Carlito is 0 there and {own['the font Carlito']} here",
        f"weasyprint is 69.0 there and {own['weasyprint']} here",
    ]
    with pytest.raises(ClusterError, match="no worker can be used at tcp://here"):
        Cluster(client_of(other), ["Carlito"])
    with pytest.raises(ClusterError, match="no worker has joined"):
        Cluster(client_of(), ["Carlito"])


def test_a_worker_without_the_program_is_refused_by_name():
    missing = ModuleNotFoundError("No module named 'pipeline'")

    found = Cluster(client_of(environment([]), missing, None), [])

    assert found.refused == {
        "tcp://1": ["it cannot say what it has: No module named 'pipeline'"],
        "tcp://2": ["it cannot say what it has: None"],
    }


def test_another_release_of_the_program_is_said_where_nothing_else_differs():
    assert differences({"Briefwright": "a", "lxml": "6"}, {"Briefwright": "b", "lxml": "6"}) == [
        "Briefwright is b there and a here"
    ]
    assert differences({"Pango": "1"}, {}) == ["Pango is missing there and 1 here"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers at tcp://127.0.0.1:9"),
        ("nonsense", "no scheduler answers at nonsense"),
        ("local:many", "write local:4"),
    ],
    ids=["nobody", "nonsense", "local"],
)
def test_an_address_without_a_scheduler_is_refused(address, said, project, monkeypatch, capsys):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    monkeypatch.chdir(project)
    assert main(["build", "--to", "html", "--scheduler", address]) == 1
    assert said in capsys.readouterr().err
    assert not list(Path("build").glob("*.html"))
