#!/usr/bin/python3
"""Sends a message to a user over HTTP, and returns once Gatepost has it safely. Needs nothing but Python.

    GATEPOST_URL=http://USER:PASSWORD@HOST:PORT notify_http.py USER TEXT
"""
import base64
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


def notify(url, users, body, attempts=7):
    """Gives what has become of it at each user's. Raises RuntimeError with the reason, or OSError where Gatepost cannot be reached."""
    to = urllib.parse.urlsplit(url)
    account = f"{urllib.parse.unquote(to.username)}:{urllib.parse.unquote(to.password)}".encode()
    # the same id in each attempt, so that the message comes once
    message = {"to": {"users": users}, "body": body, "id": str(uuid.uuid4())}
    request = urllib.request.Request(f"{to.scheme}://{to.hostname}:{to.port}/gatepost/api/v1/messages",
                                     json.dumps(message).encode(), {"Content-Type": "application/json",
                                     "Authorization": "Basic " + base64.b64encode(account).decode()})
    for attempt in range(attempts):
        wait = 2 ** attempt / 2
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)["results"]
        except urllib.error.HTTPError as failure:
            if failure.code not in (429, 503) or attempt == attempts - 1:
                raise RuntimeError(json.load(failure)["detail"]) from failure
            wait = float(failure.headers.get("Retry-After", wait))
        except (OSError, http.client.HTTPException):
            if attempt == attempts - 1:
                raise
        time.sleep(wait)


if __name__ == "__main__":
    print(notify(os.environ["GATEPOST_URL"], [sys.argv[1]], sys.argv[2]))
