"""Ask one web address whether it still answers, with limits on time, size and redirects.

Addresses on private networks are refused. The connection goes to the address that was checked, so
that a name cannot point elsewhere the second time (DNS rebinding).
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from ..text import WEB
from .pages import doubt_about, read_page

AGENT = "briefwright (checks that cited sources still answer)"
MOVED_FOR_GOOD = (301, 308)
_BUSY = (429, 503)
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


class _Reply(Struct):
    """The last response to a request, after all redirects, and where permanent ones lead."""

    response: http.client.HTTPResponse
    body: bytes
    url: str
    final_url: str


def fetch(url: str, limits: Limits) -> Answer:
    """Return what an address answers. Never raises for anything a server or a network does."""
    reply = _reply(url, limits, "*/*")
    if isinstance(reply, str):
        return Answer(problem=reply)
    response, body = reply.response, reply.body
    if problem := _cut_off(reply, limits):
        return Answer(response.status, reply.final_url, problem=problem)
    kind = response.getheader("Content-Type", "").lower()
    title, text = read_page(body, kind) if "html" in kind else ("", body)
    doubt = doubt_about(url, reply.url, title, body) if "html" in kind else ""
    sha256 = hashlib.sha256(text).hexdigest()
    return Answer(response.status, reply.final_url, title, sha256, doubt=doubt)


def get(url: str, limits: Limits, accept: str) -> bytes | str:
    """Return the body that an address answers with, in a media type, or why there is none."""
    reply = _reply(url, limits, accept)
    if isinstance(reply, str):
        return reply
    if not 200 <= reply.response.status < 300:
        return f"it answered {reply.response.status}"
    return _cut_off(reply, limits) or reply.body


def _cut_off(reply: _Reply, limits: Limits) -> str:
    announced = reply.response.getheader("Content-Length", "")
    is_whole = not announced.isdecimal() or len(reply.body) >= min(int(announced), limits.size)
    return "" if is_whole else "its answer is cut off"


def _reply(url: str, limits: Limits, accept: str) -> _Reply | str:
    """Return what an address answers in the end, or why there is no answer."""
    deadline = time.monotonic() + limits.seconds
    final_url, seen = url, 0
    permanent, waited = True, False
    try:
        while True:
            response, body = _get(url, limits, deadline, accept)
            if not waited and (pause := _pause(response)) and pause < deadline - time.monotonic():
                waited = True
                time.sleep(pause)
                continue
            target = response.getheader("Location", "")
            if response.status not in REDIRECTS or not target:
                return _Reply(response, body, url, final_url)
            seen += 1
            if seen > limits.redirects:
                return f"it redirects more than {limits.redirects} times"
            url = urljoin(url, target)
            permanent = permanent and response.status in MOVED_FOR_GOOD
            final_url = url if permanent else final_url
    except (_Refused, TimeoutError) as error:
        return str(error) or f"no answer in {limits.seconds:.0f} seconds"
    except socket.gaierror:
        return "its host has no address"
    except ssl.SSLCertVerificationError as error:
        return f"its certificate is not valid: {error.verify_message}"
    except ValueError:  # UnicodeError is one
        return "it is not a valid address"
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= deadline:
            return f"no answer in {limits.seconds:.0f} seconds"
        return f"{type(error).__name__}: {error}"


def _pause(response: http.client.HTTPResponse) -> float:
    """Return how many seconds a busy server asks to wait, 0 if it does not (RFC 9110, 10.2.3)."""
    wait = response.getheader("Retry-After", "")
    return float(wait) if response.status in _BUSY and wait.isdecimal() else 0.0


def _get(
    url: str, limits: Limits, deadline: float, accept: str
) -> tuple[http.client.HTTPResponse, bytes]:
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
        headers = {"Host": _host_header(host, parts.port), "User-Agent": AGENT, "Accept": accept}
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
