"""A store over https, by a server on this machine with certificates of its own authority."""

import os
import ssl
import subprocess

from book import Machine, Place
from web import sent_on, served


class Authority:
    """Whom those trust who name its certificate, and what it certifies."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.request("authority", "-addext", "basicConstraints=critical,CA:TRUE")

    def file(self, name):
        return self.folder / f"{name}.pem"

    def request(self, name, *options):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2",
             "-subj", f"/CN={name}", "-keyout", self.folder / f"{name}.key", "-out", self.file(name), *options],
            check=True, stderr=subprocess.DEVNULL)

    def server(self, name, address):
        """What a server shows that this authority believes to be at an address."""
        self.request(name, "-addext", f"subjectAltName={address}", "-addext", "basicConstraints=critical,CA:FALSE",
                     "-CA", self.file("authority"), "-CAkey", self.folder / "authority.key")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file(name), self.folder / f"{name}.key")
        return context


def run(tool, work, check):
    author, place = Machine(tool, work, "certified"), Place(work / "over-https")
    author.render()
    author.push(place)
    trusted, strange = Authority(work / "trusted"), Authority(work / "strange")
    reader = Machine(tool, work, "web-reader")

    def pull(address, authority):
        reader.forget()
        os.environ["CURL_CA_BUNDLE"] = str(authority.file("authority"))
        try:
            return reader.run("store", "pull", address, "--allowed-signers", reader.allowed)
        finally:
            del os.environ["CURL_CA_BUNDLE"]

    def refused(outcome, words, what):
        check(outcome.returncode == 1 and words in outcome.stdout, f"{what}: {outcome.stdout}")
        check(not reader.files("records/*"), f"{what}: something was taken")

    right, other = trusted.server("here", "IP:127.0.0.1"), trusted.server("there", "DNS:example.org")
    with served(place.folder, right) as address:
        refused(pull(address, strange), "certificate", "a certificate of an authority that nobody named")
        outcome = pull(address, trusted)
        check(outcome.returncode == 0, f"a certificate of the authority that was named: {outcome.stdout}")
        check("page only" in reader.render(), "a render behind a pull over https runs nothing")
    with served(place.folder, other) as address:
        refused(pull(address, trusted), "certificate", "a certificate for another host")
    with served(place.folder) as plain, sent_on(plain, right) as address:
        refused(pull(address, trusted), "rotocol", "https that leads to http")
    print("over https: the authority that was named is to be believed, 3 others to be refused", flush=True)
