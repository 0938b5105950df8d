#!/usr/bin/python3
"""Sends messages over HTTP, and returns once Gatepost has them safely. Needs nothing but Python.

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


def notify(url, to, body):
    """to: {"users": [...]}, {"audience": name}, {"everyone": True} or {"online": True}; gives Gatepost's answer."""
    # the same id in each attempt, so that the message comes once
    return call(url, "POST", "messages", {"to": to, "body": body, "id": str(uuid.uuid4())})


def call(url, method, path, body=None, attempts=7):
    """Gives what is answered. Raises RuntimeError with the reason, or OSError where Gatepost cannot be reached."""
    to = urllib.parse.urlsplit(url)
    account = f"{urllib.parse.unquote(to.username)}:{urllib.parse.unquote(to.password)}".encode()
    headers = {"Content-Type": "application/json", "Authorization": "Basic " + base64.b64encode(account).decode()}
    request = urllib.request.Request(f"{to.scheme}://{to.hostname}:{to.port}/gatepost/api/v1/{path}",
                                     None if body is None else json.dumps(body).encode(), headers, method=method)
    for attempt in range(attempts):
        wait = 2 ** attempt / 2
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as failure:
            if failure.code not in (429, 503) or attempt == attempts - 1:
                raise RuntimeError(json.load(failure)["detail"]) from failure
            wait = float(failure.headers.get("Retry-After", wait))
        except (OSError, http.client.HTTPException):
            if attempt == attempts - 1:
                raise
        time.sleep(wait)


if __name__ == "__main__":
    print(notify(os.environ["GATEPOST_URL"], {"users": [sys.argv[1]]}, sys.argv[2])["results"])
