"""No connection beyond this machine, in every Python that a test run starts.

``tests/conftest.py`` puts this folder on PYTHONPATH, and Python imports ``sitecustomize`` when it
starts: kernels and servers are guarded, too. Sockets that are not Python's, as ZeroMQ's and the
browser's, are not: the browser is started without a network.
"""

import sys

TO = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOK_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def is_here(host):
    """Return whether a host is this machine's loopback; addresses of other kinds are files."""
    host = host.decode() if isinstance(host, bytes) else host
    return host in (None, "", "localhost", "::1") or host.startswith("127.")


def refuse(event, arguments):
    """Raise where a socket is about to leave the machine, or a name to be looked up elsewhere."""
    if event in TO:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in LOOK_UP:
        host = arguments[0]
    else:
        return
    if not is_here(host):
        raise RuntimeError(f"a test run uses no network, and this asks for {host}")


sys.addaudithook(refuse)
