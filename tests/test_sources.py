"""Sources over time, against a server on this machine that behaves well and badly."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.diagnostics import Span
from pipeline.references import Reference, Run
from pipeline.sources import Limits, ask, findings, read_lock, write_lock
from pipeline.sources.fetch import fetch

QUICK = Limits(seconds=2, size=100_000, redirects=3, private=True)
PAGE = "<html><head><title>Rain &amp; roofs</title><script>{}</script></head><p>{}</p></html>"


class Server(BaseHTTPRequestHandler):
    words = "It rains."
    visits = 0

    def do_GET(self):
        type(self).visits += 1
        getattr(self, "serve_" + self.path.strip("/").partition("?")[0], self.serve_lost)()

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def serve_page(self):
        body = PAGE.format(self.visits, self.words).encode()
        self.answer(200, body, Content_Type="text/html; charset=utf-8")

    def serve_moved(self):
        self.answer(301, Location="/page")

    def serve_detour(self):
        self.answer(302, Location="/page")

    def serve_loop(self):
        self.answer(302, Location="/loop")

    def serve_lost(self):
        self.answer(404)

    def serve_slow(self):
        time.sleep(4)
        self.answer(200, b"late")

    def serve_endless(self):
        self.send_response(200)
        self.end_headers()
        self.trickle(b"x" * 65536, 0)

    def serve_drip(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.trickle(b"X: y\r\n", 0.3)

    def trickle(self, piece, pause):
        for _ in range(1000):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(pause)

    def serve_inside(self):
        self.answer(302, Location="file:///etc/passwd")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def reference(url):
    return Reference("rain", "webpage", {"URL": (Run(url),)}, span=Span("references.bib", 3, 1, 1))


def codes(url, lock):
    return [found.code for found in findings([reference(url)], lock)]


def asked(url, lock=None, limits=QUICK):
    return ask([reference(url)], lock or {}, "2026-01-28", limits)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("page", []),
        ("detour", []),
        ("lost", ["source-dead"]),
        ("moved", ["source-moved"]),
        ("loop", ["source-unreachable"]),
        ("slow", ["source-unreachable"]),
        ("drip", ["source-unreachable"]),
        ("inside", ["source-unreachable"]),
    ],
)
def test_what_an_address_answers_is_a_finding(server, path, expected):
    url = f"{server}/{path}"

    assert codes(url, asked(url)) == expected


def test_an_endless_answer_is_read_up_to_the_limit(server):
    assert fetch(f"{server}/endless", QUICK).status == 200


def test_a_slow_address_is_given_up_in_time(server):
    start = time.monotonic()
    answer = fetch(f"{server}/drip", QUICK)

    assert "2 seconds" in answer.problem
    assert time.monotonic() - start < 4  # twice the limit: the machine may be busy


def test_the_title_is_recorded_and_scripts_do_not_count(server):
    first, second = (fetch(f"{server}/page", QUICK) for _ in range(2))

    assert first.title == "Rain & roofs"
    assert first == second


def test_other_words_are_a_finding(server, monkeypatch):
    url = f"{server}/page"
    lock = asked(url)
    monkeypatch.setattr(Server, "words", "It snows.")

    assert codes(url, asked(url, lock)) == ["source-changed"]


def test_a_moved_address_says_where_it_is_now(server):
    url = f"{server}/moved"

    [found] = findings([reference(url)], asked(url))

    assert f"{server}/page" in found.hint


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_private_networks_are_refused(host):
    answer = fetch(f"http://{host}:9/x", Limits(seconds=2))

    assert "private network" in answer.problem


def test_a_host_without_an_address_is_said():
    assert fetch("http://no-such-host.invalid/", Limits(seconds=2)).problem


def test_without_a_lock_nothing_is_asked_and_it_says_so(server):
    before = Server.visits

    assert codes(f"{server}/page", {}) == ["source-unchecked"]
    assert Server.visits == before


def test_a_lock_written_and_read_is_the_same(server):
    lock = asked(f"{server}/page")

    assert read_lock(write_lock(lock)) == lock


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sources": {"a": {}}}'])
def test_a_lock_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read_lock(text)
