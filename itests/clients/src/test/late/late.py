"""What late.rb does, with stomp.py."""
import json
import sys

import stomp

port, queue = sys.argv[1:]


def say(**what):
    print(json.dumps(what), flush=True)


class Worker(stomp.ConnectionListener):
    def __init__(self):
        self.received = []

    def come(self):
        connection.connect("system", "manager", wait=True)
        connection.subscribe(queue, id="late", ack="client-individual")

    def on_message(self, frame):
        self.received.append(frame)
        say(body=frame.body, ack=frame.headers["ack"])

    def on_receipt(self, frame):
        say(settled=frame.headers.get("gatepost-settled"))

    def on_disconnected(self):
        self.come()


connection = stomp.Connection12([("127.0.0.1", int(port))], reconnect_attempts_max=100, reconnect_sleep_initial=0.02,
                                reconnect_sleep_max=0.2)
worker = Worker()
connection.set_listener("worker", worker)
worker.come()
for number in sys.stdin:
    connection.ack(worker.received[int(number)].headers["ack"], receipt=f"r{number.strip()}")
