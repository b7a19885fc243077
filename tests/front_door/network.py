"""A network between browser and server that can be cut, fall silent, and lead to another server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Network:
    """TCP on loopback. `open`: bytes pass. `cut`: every connection breaks at once, also new ones. `silent`: nobody is
    told anything; what is sent meanwhile arrives when the network is open again, also if its sender has given up."""

    def __init__(self) -> None:
        self.leads_to = 0
        self._open, self._is_cut, self._alive = threading.Event(), False, set[socket.socket]()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._let_in, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        self._is_cut = True
        self._open.set()
        for side in list(self._alive):
            _break(side)

    def silence(self) -> None:
        self._open.clear()

    def mend(self) -> None:
        self._is_cut = False
        self._open.set()

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if self._is_cut:
                    _break(near)
                else:
                    threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.leads_to))
        except OSError:
            _break(near)
            return
        self._alive |= {near, far}
        threading.Thread(target=self._carry, args=(near, far), daemon=True).start()
        threading.Thread(target=self._carry, args=(far, near), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                self._open.wait()
                other.sendall(said)
            self._open.wait()
            other.shutdown(socket.SHUT_WR)
        self._alive.discard(one)


def _break(side: socket.socket) -> None:
    with suppress(OSError):
        side.shutdown(socket.SHUT_RDWR)
    side.close()


@contextmanager
def a_network() -> Iterator[Network]:
    network = Network()
    try:
        yield network
    finally:
        network.close()
