#!/usr/bin/python3
"""Sends a message to a user, and returns once Gatepost has it safely.

    notify.py USER TEXT

Needs stomp.py (Debian: python3-stomp). GATEPOST_HOST, GATEPOST_PORT, GATEPOST_LOGIN and GATEPOST_PASSCODE say where to.
"""
import os
import re
import sys
import threading
import time
import uuid

import stomp


class Publisher(stomp.ConnectionListener):
    """One connection, opened when it is needed and again after it broke. For one thread."""

    def __init__(self, host, port, login, passcode):
        self.login, self.passcode = login, passcode
        self.connection = stomp.Connection12([(host, port)], heartbeats=(10000, 10000), reconnect_attempts_max=1)
        self.connection.set_listener("publisher", self)
        self.answered = threading.Event()
        self.receipt = self.error = None

    def on_receipt(self, frame):
        if frame.headers["receipt-id"] == self.receipt:
            self.error = None
            self.answered.set()

    def on_error(self, frame):
        self.error = frame.headers.get("message", frame.body)
        self.answered.set()

    def on_disconnected(self):
        self.error = self.error or "the connection broke"
        self.answered.set()

    def publish(self, user, text, attempts=5):
        """Raises ConnectionError when it stays unknown whether Gatepost has the message."""
        if not re.fullmatch(r"[\w.@-]+", user):
            raise ValueError(f"{user!r} is no name of a queue: expected letters, digits and . _ @ -")
        # the same in each attempt, so that a receiver can tell that a message came twice
        headers = {"content-type": "text/plain", "id": str(uuid.uuid4())}
        for attempt in range(attempts):
            if attempt:
                time.sleep(2 ** attempt / 2)
            try:
                self.attempt(f"/queue/user.{user}", text, headers)
                return
            except stomp.exception.StompException as failure:
                self.error = repr(failure)
            except ConnectionError as failure:
                self.error = str(failure)
        raise ConnectionError(f"not confirmed after {attempts} attempts: {self.error}")

    def attempt(self, destination, text, headers):
        if not self.connection.is_connected():
            self.connection.connect(self.login, self.passcode, wait=True)
        self.receipt, self.error = str(uuid.uuid4()), None
        self.answered.clear()
        self.connection.send(destination, text, headers=headers, receipt=self.receipt)
        if not self.answered.wait(timeout=10):
            raise ConnectionError("no receipt within 10 seconds")
        if self.error:
            raise ConnectionError(self.error)


if __name__ == "__main__":
    publisher = Publisher(os.environ.get("GATEPOST_HOST", "localhost"), int(os.environ.get("GATEPOST_PORT", 61612)),
                          os.environ["GATEPOST_LOGIN"], os.environ["GATEPOST_PASSCODE"])
    publisher.publish(sys.argv[1], sys.argv[2])
    publisher.connection.disconnect()
