#!/usr/bin/python3
"""Answers what users ask: takes questions from app.inbox and puts each answer into the queue of the user who asked.

Needs stomp.py (Debian: python3-stomp). GATEPOST_HOST, GATEPOST_PORT, GATEPOST_LOGIN and GATEPOST_PASSCODE say where to. Ctrl-C ends
it.
"""
import os
import threading
import uuid

import stomp


class Answers(stomp.ConnectionListener):
    """Takes one question after another; one that was not answered when the connection broke comes again."""

    def __init__(self, connection):
        self.connection = connection
        self.lost = threading.Event()

    def on_message(self, frame):
        # the answer and the acknowledgement together, or neither
        transaction = self.connection.begin(str(uuid.uuid4()))
        # set by Gatepost, never by a client; not there where an operator has sent the message by a command
        user = frame.headers.get("gatepost-user")
        if user:
            # nobody wants to see an answer among old messages
            self.connection.send(f"/queue/user.{user}", self.answer(user, frame.body), transaction=transaction,
                                 headers={"correlation-id": frame.headers.get("correlation-id", ""),
                                          "gatepost-history": "false"})
        self.connection.ack(frame.headers["ack"], transaction=transaction)
        self.connection.commit(transaction)

    def on_disconnected(self):
        self.lost.set()

    def answer(self, user, question):
        return f"{user} asked: {question}"


def main():
    host, port = os.environ.get("GATEPOST_HOST", "localhost"), int(os.environ.get("GATEPOST_PORT", 61612))
    while True:
        connection = stomp.Connection12([(host, port)], heartbeats=(10000, 10000), reconnect_sleep_max=10,
                                        reconnect_attempts_max=1_000_000)
        answers = Answers(connection)
        connection.set_listener("answers", answers)
        try:
            connection.connect(os.environ["GATEPOST_LOGIN"], os.environ["GATEPOST_PASSCODE"], wait=True)
            connection.subscribe("/queue/app.inbox", id="inbox", ack="client-individual",
                                 headers={"activemq.prefetchSize": "1"})
            print("answering", flush=True)
            answers.lost.wait()
        except stomp.exception.StompException as failure:
            print("not connected:", repr(failure), flush=True)
            answers.lost.wait(timeout=1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
