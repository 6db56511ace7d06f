"""Ask one web address whether it still answers, with limits on time, size and redirects.

Addresses on private networks are refused. The connection goes to the address that was checked, so
that a name cannot point elsewhere the second time (DNS rebinding).
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from ..text import WEB

AGENT = "briefwright (checks that cited sources still answer)"
MOVED_FOR_GOOD = (301, 308)
_TITLE = re.compile(r"<title[^<>]{0,300}>([^<]{0,1000})", re.IGNORECASE)
# Words of pages, not of texts: bills have numbers such as 404, and essays say what does not exist.
_ERROR_TITLE = re.compile(
    r"^\W*(error\W*)?(404|410)\b|\berror (404|410)\b|^\W*not found\W*$"
    r"|\b(page|file|document|resource|site)\b.{0,30}"
    r"\b(not found|no longer (available|exists)|(does not|doesn.t) exist)\b"
    r"|\bseite\b.{0,30}\bnicht gefunden\b|\bpage\b.{0,30}\bintrouvable\b"
    r"|\bpágina\b.{0,30}\b(no|não) encontrada\b|\bpagina\b.{0,30}\bnon trovata\b"
    r"|ページが見つかりません|^just a moment\b",
    re.IGNORECASE,
)
_PASSWORD = re.compile(rb"<input[^<>]{0,300}type=[\"']?password", re.IGNORECASE)
_BUSY = (429, 503)
_SILENT = re.compile(r"<(script|style|noscript)\b", re.IGNORECASE)  # they change all the time
_IN_PATH = "/%:@!$&'()*+,;=~-._"
_IN_QUERY = f"{_IN_PATH}?[]"
_GATEWAYS = [ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")]
REDIRECTS = (*MOVED_FOR_GOOD, 302, 303, 307)


class Limits(Struct, frozen=True):
    seconds: float = 20.0  # for one address with all its redirects
    size: int = 5_000_000  # bytes; anything beyond is not read
    redirects: int = 5
    private: bool = False  # whether addresses on private networks may be asked


class Answer(Struct, frozen=True):
    """What an address answered. Without an answer, `status` is 0 and `problem` says why."""

    status: int = 0
    final_url: str = ""  # where permanent redirects lead
    title: str = ""
    sha256: str = ""  # of the text of a page, of the bytes of anything else
    problem: str = ""
    doubt: str = ""  # why the page may not be the one that was cited


class _Refused(Exception):
    pass


def fetch(url: str, limits: Limits) -> Answer:
    """Return what an address answers. Never raises for anything a server or a network does."""
    deadline = time.monotonic() + limits.seconds
    asked, final_url, seen = url, url, 0
    permanent, waited = True, False
    try:
        while True:
            response, body = _get(url, limits, deadline)
            if not waited and (pause := _pause(response)) and pause < deadline - time.monotonic():
                waited = True
                time.sleep(pause)
                continue
            target = response.getheader("Location", "")
            if response.status not in REDIRECTS or not target:
                break
            seen += 1
            if seen > limits.redirects:
                return Answer(problem=f"it redirects more than {limits.redirects} times")
            url = urljoin(url, target)
            permanent = permanent and response.status in MOVED_FOR_GOOD
            final_url = url if permanent else final_url
    except (_Refused, TimeoutError) as error:
        return Answer(problem=str(error) or f"no answer in {limits.seconds:.0f} seconds")
    except socket.gaierror:
        return Answer(problem="its host has no address")
    except ssl.SSLCertVerificationError as error:
        return Answer(problem=f"its certificate is not valid: {error.verify_message}")
    except ValueError:  # UnicodeError is one
        return Answer(problem="it is not a valid address")
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= deadline:
            return Answer(problem=f"no answer in {limits.seconds:.0f} seconds")
        return Answer(problem=f"{type(error).__name__}: {error}")
    announced = response.getheader("Content-Length", "")
    if announced.isdecimal() and len(body) < min(int(announced), limits.size):
        return Answer(response.status, final_url, problem="its answer is cut off")
    kind = response.getheader("Content-Type", "").lower()
    title, text = _page(body, kind) if "html" in kind else ("", body)
    doubt = _doubt(asked, url, title, body) if "html" in kind else ""
    return Answer(response.status, final_url, title, hashlib.sha256(text).hexdigest(), doubt=doubt)


def _pause(response: http.client.HTTPResponse) -> float:
    """Return how many seconds a busy server asks to wait, 0 if it does not (RFC 9110, 10.2.3)."""
    wait = response.getheader("Retry-After", "")
    return float(wait) if response.status in _BUSY and wait.isdecimal() else 0.0


def _doubt(asked: str, shown: str, title: str, body: bytes) -> str:
    """Return why a page that was sent may not be the one that was asked for, "" if it may be."""
    if _ERROR_TITLE.search(title):
        return f"its title is that of an error page: {title[:60]}"
    if _PASSWORD.search(body):
        return "it asks for a password"
    if urlsplit(shown).path in ("", "/") and urlsplit(asked).path not in ("", "/"):
        return f"it leads to a start page, {shown}"
    return ""


def _get(url: str, limits: Limits, deadline: float) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    if parts.scheme not in WEB or not parts.hostname:
        raise _Refused("only http and https addresses are checked")
    host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _addresses(host, port, limits, deadline)
    sock = _connected(addresses, port, deadline)
    connection = http.client.HTTPConnection(host, port)
    # A server that sends a byte now and then never lets a read time out: this ends it.
    alarm = threading.Timer(_left(deadline), _hang_up, [sock])
    alarm.daemon = True
    alarm.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=host)
        connection.sock = sock
        target = quote(parts.path or "/", safe=_IN_PATH)
        target += f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
        headers = {"Host": _host_header(host, parts.port), "User-Agent": AGENT, "Accept": "*/*"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        return response, _read(response, limits, deadline)
    finally:
        alarm.cancel()
        connection.close()
        sock.close()


def _host_header(host: str, port: int | None) -> str:
    """Return the Host header: in ASCII, and with a port only if the address has one."""
    name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    return f"{name}:{port}" if port else name


def _addresses(host: str, port: int, limits: Limits, deadline: float) -> list[str]:
    """Return the addresses of a host; refuse it if any of them is on a private network."""
    found: list[Any] = []  # what was found, or why nothing was

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:
            found.append(error)

    # The resolver has no time limit, so its thread may be left behind.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if not found:
        raise TimeoutError
    if isinstance(found[0], Exception):
        raise found[0]
    addresses = [str(info[4][0]) for info in found[0]]
    for address in addresses:
        if is_local(address):
            raise _Refused(f"{address} is for services of this machine: it is never requested")
        if not limits.private and not is_public(address):
            raise _Refused(f"{address} is on a private network; --allow-private requests it anyway")
    return addresses


def is_local(address: str) -> bool:
    """Say whether an address reaches only the link it is on: services of a cloud answer there."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return any(found.is_link_local for found in (ip, *_embedded(ip)))


def is_public(address: str) -> bool:
    """Say whether an IP address is public, and every address that it embeds."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return all(found.is_global and not found.is_multicast for found in (ip, *_embedded(ip)))


def _embedded(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address reaches by a gateway (RFC 4291, 6052)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if any(ip in network for network in _GATEWAYS):
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in found if address]


def _connected(addresses: list[str], port: int, deadline: float) -> socket.socket:
    """Connect to the first address that answers: one that was checked, not the name."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=_left(deadline))
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), timeout=_left(deadline))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        sock.close()


def _read(response: http.client.HTTPResponse, limits: Limits, deadline: float) -> bytes:
    parts, size = [], 0
    while size < limits.size:
        _left(deadline)
        part = response.read1(min(65536, limits.size - size))
        if not part:
            _left(deadline)  # a page that was cut off cannot be compared
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _page(body: bytes, content_type: str) -> tuple[str, bytes]:
    """Return the title of a page and its words; scripts, styles and tags change all the time."""
    charset = re.search(r"charset=[\"']?([\w-]+)", content_type)
    try:
        text = body.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    found = _TITLE.search(text)
    title = " ".join(unescape(found[1]).split()) if found else ""
    words = " ".join(unescape(" ".join(_texts(text))).split())
    return title, words.encode("utf-8", "replace")


def _texts(page: str) -> Iterator[str]:
    """Yield the text between tags, in linear time: pages may be hostile."""
    place = 0
    while (start := page.find("<", place)) >= 0:
        yield page[place:start]
        silent = _SILENT.match(page, start)
        if silent:
            closing = re.compile(f"</{silent[1]}", re.IGNORECASE).search(page, start)
            start = closing.start() if closing else len(page)
        place = page.find(">", start) + 1
        if not place:
            return
    yield page[place:]
