#!/usr/bin/python3
"""Answers what users ask: takes questions from app.inbox and puts each answer into the queue of the user who asked.

Needs stomp.py and PyJWT (Debian: python3-stomp, python3-jwt). GATEPOST_HOST, GATEPOST_PORT, GATEPOST_LOGIN, GATEPOST_PASSCODE and
GATEPOST_TOKEN_SECRET say where to, and how tokens are signed. Ctrl-C ends it.
"""
import os
import threading
import uuid

import jwt
import stomp


class Answers(stomp.ConnectionListener):
    """Takes one question after another; one that was not answered when the connection broke comes again."""

    def __init__(self, connection, secret):
        self.connection, self.secret = connection, secret
        self.lost = threading.Event()

    def on_message(self, frame):
        # the answer and the acknowledgement together, or neither
        transaction = self.connection.begin(str(uuid.uuid4()))
        user = self.sender(frame)
        if user:
            self.connection.send(f"/queue/user.{user}", self.answer(user, frame.body), transaction=transaction,
                                 headers={"correlation-id": frame.headers.get("correlation-id", "")})
        self.connection.ack(frame.headers["ack"], transaction=transaction)
        self.connection.commit(transaction)

    def on_disconnected(self):
        self.lost.set()

    def sender(self, frame):
        """The user that a good token names. A message says nothing else about who sent it, and never trust its reply-to."""
        try:
            return jwt.decode(frame.headers.get("token", ""), self.secret, algorithms=["HS256"],
                              options={"require": ["sub", "exp"]})["sub"]
        except jwt.InvalidTokenError as failure:
            print("a question without a good token:", failure, flush=True)
            return None

    def answer(self, user, question):
        return f"{user} asked: {question}"


def main():
    host, port = os.environ.get("GATEPOST_HOST", "localhost"), int(os.environ.get("GATEPOST_PORT", 61612))
    while True:
        connection = stomp.Connection12([(host, port)], heartbeats=(10000, 10000), reconnect_sleep_max=10,
                                        reconnect_attempts_max=1_000_000)
        answers = Answers(connection, os.environ["GATEPOST_TOKEN_SECRET"])
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
