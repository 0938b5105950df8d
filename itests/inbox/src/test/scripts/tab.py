"""Reads INBOX at PORT as USER with stomp.py, and prints the text of each message; with ack modes other than auto it acknowledges each."""
import sys

import stomp

port, user, inbox, mode = sys.argv[1:]


class Tab(stomp.ConnectionListener):
    def on_receipt(self, frame):
        print("subscribed", flush=True)

    def on_message(self, frame):
        print(frame.body, flush=True)
        if mode != "auto":
            connection.ack(frame.headers["ack"])


connection = stomp.Connection12([("127.0.0.1", int(port))])
connection.set_listener("tab", Tab())
connection.connect(user, user, wait=True)
connection.subscribe(inbox, id="tab", ack=mode, headers={"receipt": "begun"})
sys.stdin.read()
connection.disconnect()
