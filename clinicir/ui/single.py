"""One window for one vault: a second start raises the first window and leaves."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


def server_name(place: str) -> str:
    """Short and the same for the same vault, without its path in clear."""
    return f"clinicir-{hashlib.sha256(place.encode('utf-8')).hexdigest()[:16]}"


class FirstInstance(QObject):
    """The lock of the vault decides; this only brings the window forward."""

    called = Signal()
    """Another start asked for the window."""

    def __init__(self, place: str) -> None:
        """Nothing is listened to before `claim`."""
        super().__init__()
        self._name = server_name(place)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self) -> bool:
        """False when another window is there, and was asked to come forward."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Stop listening."""
        self._server.close()

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnectFromServer()
            connection.deleteLater()
        self.called.emit()
