#!/usr/bin/python3
"""Sends a message to a user over STOMP, and returns once Gatepost has it safely. notify_http.py does so without a library.

    notify.py USER TEXT

Needs stomp.py (Debian: python3-stomp). GATEPOST_HOST, GATEPOST_PORT, GATEPOST_LOGIN and GATEPOST_PASSCODE say where to.
"""
import os
import queue
import re
import sys
import time
import uuid

import stomp


class Answers(stomp.ConnectionListener):
    """What comes of a SEND: nothing where it is safe, else what is wrong."""

    def __init__(self):
        self.queue = queue.Queue()

    def on_receipt(self, frame):
        self.queue.put(None)

    def on_error(self, frame):
        self.queue.put(frame.headers.get("message", frame.body))

    def on_disconnected(self):
        self.queue.put("the connection broke")


def publish(user, text, attempts=5):
    """Raises ConnectionError when it stays unknown whether Gatepost has the message."""
    if not re.fullmatch(r"[\w.@-]+", user):
        raise ValueError(f"{user!r} is no name of a queue: expected letters, digits and . _ @ -")
    # the same id in each attempt, so that the message comes once
    headers = {"content-type": "text/plain", "gatepost-id": str(uuid.uuid4())}
    address = os.environ.get("GATEPOST_HOST", "localhost"), int(os.environ.get("GATEPOST_PORT", 61612))
    for attempt in range(attempts):
        time.sleep(2 ** attempt / 2 if attempt else 0)
        connection, answers = stomp.Connection12([address], reconnect_attempts_max=1), Answers()
        connection.set_listener("answers", answers)
        try:
            connection.connect(os.environ["GATEPOST_LOGIN"], os.environ["GATEPOST_PASSCODE"], wait=True)
            connection.send(f"/queue/user.{user}", text, headers=headers, receipt="sent")
            failure = answers.queue.get(timeout=10)
            if failure is None:
                return connection.disconnect()
        except (stomp.exception.StompException, queue.Empty) as exception:
            failure = repr(exception)
    raise ConnectionError(f"not confirmed after {attempts} attempts: {failure}")


if __name__ == "__main__":
    publish(sys.argv[1], sys.argv[2])
