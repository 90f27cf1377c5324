"""`kdbook watch`, as seen by other programs and by pages elsewhere."""

import signal
import socket
import time
from contextlib import contextmanager

from probe import expect, probe
from world import SECRET, cell
from live import Server


@contextmanager
def served(world):
    """A book that is watched, with a link and a file out of place in its output."""
    if not getattr(world, "watched", None):
        world.watched = world.book(a=cell("print(1)"))
        world.watched.write("Notebooks/secret.txt", SECRET)
        world.watched.render().end(0)
        world.watched.link("Output/default/out", world.outside)
        world.watched.link("Output/default/a/out.html", world.outside / "index.html")
    server = Server(world.watched.root, "--port", "0")
    try:
        yield server
    finally:
        begin = time.monotonic()
        status = server.end(signal.SIGTERM)
        expect(status is not None and time.monotonic() - begin < 5, "the server does not end when it is told to")


def ask(server, text, seconds=5):
    """What the server answers to bytes, to its end or for so long."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as line:
        data = text if isinstance(text, bytes) else text.encode("latin-1")
        answer = b""
        try:
            line.sendall(data)
            while piece := line.recv(65536):
                answer += piece
        except (TimeoutError, ConnectionError):
            pass
        return answer.decode("latin-1")


def get(server, path, *headers, host=None):
    """What the server answers to a request; a socket that it opens has two seconds to say something."""
    host = f"Host: {host or f'127.0.0.1:{server.port}'}"
    return ask(server, "\r\n".join([f"GET {path} HTTP/1.1", host, "Connection: close", *headers, "", ""]), seconds=2)


def expect_service(server, after):
    begin = time.monotonic()
    answer = get(server, "/a/index.html")
    expect(" 200 " in answer.split("\r\n")[0], f"after {after} it answers {answer[:60]!r}")
    expect(time.monotonic() - begin < 3, f"after {after} it answers slowly")


@probe("large, endless, damaged and doubtful requests are refused, and others served meanwhile")
def heads(world):
    with served(world) as server:
        own = f"Host: 127.0.0.1:{server.port}\r\n"
        for what, text in [
            ("a head of 8 MB", "GET / HTTP/1.1\r\n" + own + "X: " + "x" * (8 << 20) + "\r\n\r\n"),
            ("many headers", "GET / HTTP/1.1\r\n" + own + "X: x\r\n" * 100_000 + "\r\n"),
            ("a long path", "GET /" + "x" * 100_000 + " HTTP/1.1\r\n" + own + "\r\n"),
            ("a body", "POST / HTTP/1.1\r\n" + own + "Content-Length: 99999999999999999999\r\n\r\n"),
            ("chunks", "POST / HTTP/1.1\r\n" + own + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"),
            ("two lengths", "POST / HTTP/1.1\r\n" + own + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx"),
            ("no text", b"\xff\x00" * 5000), ("nothing but ends", "\r\n" * 50_000), ("TLS", b"\x16\x03\x01\x02\x00\x01" * 100),
        ]:
            answer = ask(server, text, seconds=3)
            expect(" 200 " not in answer.split("\r\n")[0], f"{what} is answered {answer[:60]!r}")
            expect_service(server, what)


@probe("heads that come slowly or not at all hold nobody up")
def slow(world):
    with served(world) as server:
        lines = []
        for n in range(200):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=5)
            lines.append(line)
            if n % 2:
                line.sendall(b"GET / HTTP/1.1\r\nX: ")
        expect_service(server, "200 connections that say nothing")
        for line in lines:
            try:
                line.sendall(b"x")
            except OSError:
                pass
        expect_service(server, "a byte on each")
        for line in lines:
            line.close()
        expect_service(server, "their end")


@probe("no page elsewhere reads the book, and no other name leads to it")
def origins(world):
    with served(world) as server:
        socket_head = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        for what, answer in [
            ("another host's name", get(server, "/", host="evil.example")),
            ("another port", get(server, "/", host="127.0.0.1:1")),
            ("no host", ask(server, "GET / HTTP/1.1\r\n\r\n")),
            ("a name with ours in it", get(server, "/", host=f"127.0.0.1:{server.port}.evil.example")),
            ("user and host", get(server, "/", host=f"evil.example@127.0.0.1:{server.port}")),
            ("another origin", get(server, "/", "Origin: https://evil.example")),
            ("no origin", get(server, "/", "Origin: null")),
            ("a page elsewhere", get(server, "/", "Sec-Fetch-Site: cross-site")),
            ("a frame elsewhere", get(server, "/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: iframe",
                                      "Sec-Fetch-Mode: navigate")),
            ("a socket from elsewhere", get(server, "/", "Origin: https://evil.example", *socket_head)),
            ("a whole address", ask(server, "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")),
        ]:
            expect(" 200 " not in answer.split("\r\n")[0] and " 101 " not in answer.split("\r\n")[0],
                   f"{what} is answered {answer[:60]!r}")


@probe("only the edition's files are served: by no path upwards, no link, no escape")
def paths(world):
    with served(world) as server:
        for path in ["/../../Notebooks/secret.txt", "/%2e%2e/%2e%2e/Notebooks/secret.txt", "/..%2f..%2fNotebooks/secret.txt",
                     "/a/../../../Notebooks/secret.txt", "/%252e%252e/%252e%252e/Notebooks/secret.txt", "/out/secret.txt",
                     "/a/out.html", "/out/", "//etc/passwd", "/%2fetc/passwd", "/....//....//Notebooks/secret.txt",
                     "/..%5c..%5cNotebooks%5csecret.txt", "/a/index.html%00.txt", "/.%00./.%00./Notebooks/secret.txt",
                     "/%c0%ae%c0%ae/%c0%ae%c0%ae/Notebooks/secret.txt", "/a/record.json/../../../../Notebooks/secret.txt"]:
            answer = get(server, path)
            expect(SECRET not in answer and "root:" not in answer, f"{path} is served")
        expect_service(server, "all of them")


@probe("frames that lie about their length, and messages that say nothing, end their own connection", quick=False)
def frames(world):
    with served(world) as server:
        head = "\r\n".join(["GET /live HTTP/1.1", f"Host: 127.0.0.1:{server.port}",
                            f"Origin: http://127.0.0.1:{server.port}", "Upgrade: websocket", "Connection: Upgrade",
                            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]).encode()
        for frame in [b"\x81\xff" + b"\xff" * 8, b"\x81\x7f" + b"\x7f" * 8, b"\x8f\x80" * 100, b"\x01\x81aaaax" * 5000,
                      b"\x89\xfe\xff\xff" + b"x" * 70_000, b"\x81\x85aaaa" + b"\xff" * 5, b"\xff" * 100]:
            ask(server, head + frame, seconds=2)
            expect_service(server, f"a frame {frame[:4]!r}")
