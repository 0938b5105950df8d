"""Takes messages out of a user's queue up to the one with a text: receive.py USER PASSCODE TEXT. The passcode token:FILE is a token
that is signed with the secret in the file."""
import queue
import sys
import time

import jwt
import stomp

user, passcode, text = sys.argv[1:]
if passcode.startswith("token:"):
    with open(passcode[6:], encoding="ascii") as secret:
        passcode = jwt.encode({"sub": user, "groups": ["users"], "exp": time.time() + 600}, secret.read().strip(), "HS256")


class Frames(stomp.ConnectionListener):
    def __init__(self):
        self.frames = queue.Queue()

    def on_message(self, frame):
        self.frames.put(frame)

    def on_error(self, frame):
        self.frames.put(frame)


connection = stomp.Connection12([("127.0.0.1", 61612)], reconnect_attempts_max=1)
frames = Frames()
connection.set_listener("frames", frames)
connection.connect(user, passcode, wait=True)
connection.subscribe(f"/queue/user.{user}", id="1", ack="client-individual")
body = None
while body != text:
    message = frames.frames.get(timeout=10)
    body = message.body
    connection.ack(message.headers["ack"])
connection.disconnect(receipt="bye")
print("received")
