"""Static servers on this machine."""

import contextlib
import functools
import http.server
import threading


class Files(http.server.SimpleHTTPRequestHandler):
    """Hands out a folder, and keeps no log."""

    def log_message(self, *arguments):
        pass


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Sends on to another address."""

    def __init__(self, *arguments, address):
        self.onward = address
        super().__init__(*arguments)

    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", self.onward + self.path)
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *arguments):
        """A client that has enough goes."""


@contextlib.contextmanager
def running(handler, certificate):
    server = Server(("127.0.0.1", 0), handler)
    if certificate:
        server.socket = certificate.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def served(folder, certificate=None):
    """The address of a folder, over https where the server has a certificate."""
    return running(functools.partial(Files, directory=folder), certificate)


def sent_on(address, certificate):
    """An address that leads to another one."""
    return running(functools.partial(Elsewhere, address=address), certificate)
