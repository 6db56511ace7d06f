"""Sources over time, against a server on this machine that behaves well and badly."""

import gzip
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module

import pytest

from pipeline.diagnostics import Span
from pipeline.project import load_project
from pipeline.sources import Address, Limits, addresses_of, ask, findings, read_lock, write_lock
from pipeline.sources.fetch import _host_header, fetch, is_public
from pipeline.sources.pages import doubt_about, read_page

fetching = import_module("pipeline.sources.fetch")  # its name in the package is the function's
BOMB = gzip.compress(b"x" * 10_000_000)
QUICK = Limits(seconds=2, size=100_000, redirects=3, private=True)
PAGE = "<html><head><title>Rain &amp; roofs</title><script>{}</script></head><p>{}</p></html>"


class Server(BaseHTTPRequestHandler):
    words = "It rains."
    visits = 0
    busy = 0

    def do_GET(self):
        type(self).visits += 1
        name = self.path.strip("/").partition("?")[0].partition("/")[0]
        getattr(self, "serve_" + name, self.serve_lost)()

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

    def serve_trickle(self):
        self.send_response(200)
        self.end_headers()
        self.trickle(b"rain ", 0.3)

    def trickle(self, piece, pause):
        for _ in range(1000):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(pause)

    def serve_private(self):
        self.answer(302, Location=f"http://[::1]:{self.server.server_port}/page")

    def serve_bomb(self):
        self.answer(200, BOMB, Content_Type="text/html", Content_Encoding="gzip")

    def serve_host(self):
        body = PAGE.format("", self.headers["Host"]).replace(
            "Rain &amp; roofs", self.headers["Host"]
        )
        self.answer(200, body.encode(), Content_Type="text/html")

    def serve_query(self):
        self.answer(200, f"<title>{self.path}</title>".encode(), Content_Type="text/html")

    def serve_cut(self):
        self.send_response(200)
        self.send_header("Content-Length", "999")
        self.end_headers()
        self.wfile.write(b"rain")
        self.close_connection = True

    def serve_soft(self):
        self.answer(200, b"<title>404 - Page not found</title>", Content_Type="Text/HTML")

    def serve_login(self):
        self.answer(200, b"<form><input name=p type=password></form>", Content_Type="text/html")

    def serve_home(self):
        self.answer(302, Location="/")

    def serve_(self):
        self.answer(200, b"<title>Home</title>", Content_Type="text/html")

    def serve_busy(self):
        Server.busy += 1
        self.answer(429 if Server.busy == 1 else 200, b"", Retry_After="1")

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


def address(url):
    return Address(url, "`rain`", Span.on_line("references.bib", 3, 1, 1))


def codes(url, lock):
    return [found.code for found in findings([address(url)], lock)]


def asked(url, lock=None, limits=QUICK, today="2026-01-28"):
    return ask([address(url)], lock or {}, today, limits)


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
        ("trickle", ["source-unreachable"]),
        ("inside", ["source-unreachable"]),
        ("cut", ["source-unreachable"]),
        ("soft", ["source-doubtful"]),
        ("login", ["source-doubtful"]),
        ("home", ["source-doubtful"]),
    ],
)
def test_what_an_address_answers_is_a_finding(server, path, expected):
    url = f"{server}/{path}"

    assert codes(url, asked(url)) == expected


@pytest.mark.parametrize(
    ("title", "is_error"),
    [
        ("404 - Page not found", True),
        ("Error 404", True),
        ("Not Found", True),
        ("Sorry, this page does not exist | Ministry", True),
        ("Seite leider nicht gefunden", True),
        ("Page introuvable - Ministère", True),
        ("H.R. 404: Clean Water Act", False),
        ("The free market does not exist", False),
        ("Lost and not found: a study of missing persons", False),
        ("Directive (EU) 2016/410", False),
    ],
)
def test_titles_of_error_pages_are_told_from_those_of_sources(title, is_error):
    doubt = doubt_about("http://a.example/1", "http://a.example/1", title, b"")
    assert bool(doubt) == is_error


def test_a_busy_server_is_asked_again_when_it_says(server):
    assert fetch(f"{server}/busy", Limits(seconds=9, private=True)).status == 200
    Server.busy = 0
    assert fetch(f"{server}/busy", Limits(seconds=0.9, private=True)).status == 429


def test_a_lock_changes_only_with_what_an_address_answers(server, monkeypatch):
    url = f"{server}/page"
    lock = asked(url)
    assert asked(url, lock, today="2026-02-01") == lock
    monkeypatch.setattr(Server, "words", "It snows.")
    assert asked(url, lock, today="2026-02-01")[url].checked_on == "2026-02-01"


def test_an_endless_answer_is_read_up_to_the_limit(server):
    assert fetch(f"{server}/endless", QUICK).status == 200


def test_a_slow_address_is_given_up_in_time(server):
    assert "2 seconds" in fetch(f"{server}/drip", QUICK).problem  # it would go on for minutes


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

    [found] = findings([address(url)], asked(url))

    assert f"{server}/page" in found.hint


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1"),
        *("0.0.0.0", "0", "2130706433", "0x7f000001", "017700000001", "127.1"),
        *("[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
        *("100.64.0.1", "198.18.0.1", "224.0.0.1", "[ff02::1]", "[fc00::1]", "user@127.0.0.1"),
    ],
)
def test_private_networks_are_refused(host):
    answer = fetch(f"http://{host}:9/x", Limits(seconds=2))

    assert "private network" in answer.problem


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]"])
def test_services_of_the_machine_itself_are_never_asked(host):
    assert "never requested" in fetch(f"http://{host}/latest/meta-data/", QUICK).problem


def test_a_certificate_that_is_not_valid_is_said(server, monkeypatch):
    def refuse(*_, **__):
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", refuse)
    url = server.replace("http:", "https:")
    assert fetch(url, QUICK).problem == "its certificate is not valid: self-signed certificate"


def test_every_address_that_readers_may_follow_is_asked(tmp_path):
    (tmp_path / "references.bib").write_text(
        "@article{doi, author={Lee, Ann}, title={T}, journal={J}, year={2020}, doi={10.1000/xyz}}\n"
        "@misc{note, author={Lee, Ann}, title={U}, year={2020}, note={\\url{http://a.example/1}}}\n"
        "@online{kept, title={V}, year={2020}, url={http://a.example/2},\n"
        "  archiveurl={http://a.example/3}}\n",
        "utf-8",
    )
    text = (
        "---\ntitle: T\n---\n\n[@doi; @note; @kept] [x](http://a.example/4) [y](#sec-x)\n\n"
        "## X {#sec-x}\n\nZ.\n"
    )
    (tmp_path / "rain.md").write_text(text, "utf-8")
    (brief,) = load_project([tmp_path / "rain.md"]).briefs

    found = {a.url: (a.owner, a.span.line) for a in addresses_of([brief.numbered])}

    assert found == {
        "https://doi.org/10.1000/xyz": ("`doi`", 1),
        "http://a.example/1": ("`note`", 2),
        "http://a.example/2": ("`kept`", 3),
        "http://a.example/3": ("`kept`", 4),
        "http://a.example/4": ("a link", 5),
    }


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808"])
def test_public_networks_are_not(address):
    assert is_public(address)


def test_a_redirect_to_a_private_network_is_refused(server, monkeypatch):
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")

    answer = fetch(f"{server}/private", Limits(seconds=5))

    assert "::1 is on a private network" in answer.problem


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(server, monkeypatch):
    """A name that is public when it is looked at, and private when it is asked (DNS rebinding)."""
    port = int(server.rpartition(":")[2])
    answers = iter(["93.184.216.34", "127.0.0.1"])
    asked = []

    def resolve(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address, timeout):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    fetch(f"http://rebinding.example:{port}/page", Limits(seconds=2))

    assert asked == [("93.184.216.34", port)]


def test_of_several_addresses_the_next_is_asked_where_one_is_down(server, monkeypatch):
    port = int(server.rpartition(":")[2])
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
        for address in ("127.0.0.9", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)

    assert fetch(f"http://two.example:{port}/page", QUICK).status == 200


def test_a_resolver_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3))

    assert "no answer in" in fetch("http://slow.example/", Limits(seconds=0.2)).problem


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example"])
def test_other_schemes_are_never_asked(scheme):
    assert fetch(scheme, QUICK).problem == "only http and https addresses are checked"


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://a.example:99999/", f"http://{'a' * 80}.example/"]
)
def test_what_is_no_address_is_said(url):
    assert fetch(url, QUICK).problem == "it is not a valid address"


def test_a_compressed_answer_is_not_unpacked(server):
    assert fetch(f"{server}/bomb", QUICK).status == 200


def test_a_server_is_told_the_name_and_port_that_were_written(server):
    assert fetch(f"{server}/host", QUICK).title == server.removeprefix("http://")
    assert _host_header("bücher.example", None) == "xn--bcher-kva.example"
    assert _host_header("::1", 8080) == "[::1]:8080"


def test_letters_beyond_ascii_are_encoded(server):
    assert fetch(f"{server}/query/ü?q=ü&r=%20", QUICK).title == "/query/%C3%BC?q=%C3%BC&r=%20"


@pytest.mark.parametrize("piece", ["<", "<script", "<title ", "<script><", "</script>", "&", "<a>"])
def test_a_hostile_page_is_read_once_from_end_to_end(piece):
    page = piece * (2_000_000 // len(piece))  # hours, if each of them were looked for in the rest

    assert read_page(page.encode(), "text/html")[0] == ""


def test_the_words_of_an_error_page_are_not_those_of_the_source(server, monkeypatch):
    url = f"{server}/page"
    with monkeypatch.context() as gone:
        gone.setattr(Server, "serve_page", Server.serve_lost)
        lock = asked(url)
    assert codes(url, lock) == ["source-dead"]

    assert codes(url, asked(url, lock)) == []


def test_a_source_that_is_gone_for_a_while_is_held_against_its_first_words(server, monkeypatch):
    url = f"{server}/page"
    lock = asked(url)
    with monkeypatch.context() as gone:
        gone.setattr(Server, "serve_page", Server.serve_lost)
        lock = asked(url, lock)
    monkeypatch.setattr(Server, "words", "It snows.")

    assert codes(url, asked(url, lock)) == ["source-changed"]


def test_a_host_without_an_address_is_said():
    assert fetch("http://no-such-host.invalid/", Limits(seconds=2)).problem


def test_without_a_lock_nothing_is_asked_and_it_says_so(server):
    before = Server.visits

    assert codes(f"{server}/page", {}) == ["source-unchecked"]
    assert Server.visits == before


def test_a_lock_written_and_read_is_the_same(server):
    lock = asked(f"{server}/page")

    assert read_lock(write_lock(lock).encode(), "sources.lock") == lock


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sources": {"a": {}}}', "[" * 10**5])
def test_a_lock_that_is_none_is_refused(text):
    assert read_lock(text.encode(), "sources.lock").code == "bad-lock"
