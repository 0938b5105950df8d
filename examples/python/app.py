#!/usr/bin/python3
"""A web application whose users have an inbox. Needs nothing but Python and PyJWT.

    GATEPOST_URL=http://USER:PASSWORD@HOST:PORT GATEPOST_SIGNING_SECRET=... GATEPOST_WEBHOOK_SECRET=whsec_... app.py PORT
"""
import json
import os
import sys
import time
import uuid
from http.cookies import SimpleCookie
from pathlib import Path
from socketserver import ThreadingMixIn
from string import Template
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIServer, make_server

import jwt
import notify_http
import webhook

URL = os.environ["GATEPOST_URL"]
GATEPOST = urlsplit(URL).netloc.rpartition("@")[2]
PAGE = Template((Path(__file__).parent / "page.html").read_text())

signed_in = {}  # from a cookie to a user


def create(user, form):
    notify_http.notify(URL, {"users": [form["to"]]}, form["text"])


def comment(user, form):
    notify_http.notify(URL, {"audience": "project-7"}, form["text"])


def announce(user, form):
    notify_http.notify(URL, {"everyone": True}, form["text"])


def join(user, form):
    notify_http.call(URL, "PUT", f"audiences/project-7/members/{user}")


def sign_out_everywhere(user, form):
    for cookie in [cookie for cookie, name in signed_in.items() if name == user]:
        del signed_in[cookie]
    # with the tokens that were signed before, their sessions end
    notify_http.call(URL, "POST", "revocations", {"user": user, "issuedBefore": int(time.time() * 1000)})


ACTS = {f"/{act.__name__}": act for act in (create, comment, announce, join, sign_out_everywhere)}


def page():
    members = notify_http.call(URL, "GET", "audiences/project-7/members")["members"]
    # nothing in a name may end the script
    return PAGE.substitute(gatepost=f"http://{GATEPOST}", members=json.dumps(members).replace("<", "\\u003c"))


def session(user):
    now = int(time.time())
    token = jwt.encode({"sub": user, "groups": ["users"], "iat": now, "exp": now + 900}, os.environ["GATEPOST_SIGNING_SECRET"])
    return json.dumps({"url": f"ws://{GATEPOST}/stomp", "user": user, "token": token})


def hook(body, headers):
    event = webhook.verify(body, headers, os.environ["GATEPOST_WEBHOOK_SECRET"].split())
    if event["type"] == "message.undelivered":
        print(f"missed by {event['data']['user']}", flush=True)  # in place of a mail


def answer(request):
    """Gives a status, a body, and headers."""
    path, method = request["PATH_INFO"], request["REQUEST_METHOD"]
    cookies = SimpleCookie(request.get("HTTP_COOKIE", ""))
    user = signed_in.get(cookies["session"].value if "session" in cookies else None)
    if path == "/" and "user=" in request["QUERY_STRING"]:
        # whoever a parameter names; a real application would ask for a password
        cookie = str(uuid.uuid4())
        signed_in[cookie] = parse_qs(request["QUERY_STRING"])["user"][0]
        return "200 OK", page(), {"Set-Cookie": f"session={cookie}; HttpOnly; SameSite=Strict"}
    if path == "/hook" and method == "POST":
        body = request["wsgi.input"].read(int(request["CONTENT_LENGTH"]))
        try:
            hook(body, {name[5:].lower().replace("_", "-"): value for name, value in request.items() if name.startswith("HTTP_")})
        except ValueError:
            return "401 Unauthorized", "", {}
    elif user is None:
        return "401 Unauthorized", "", {}
    elif path == "/":
        return "200 OK", page(), {}
    elif path == "/notifications/session":
        return "200 OK", session(user), {"Content-Type": "application/json", "Cache-Control": "no-store"}
    elif path in ACTS and method == "POST":
        form = parse_qs(request["wsgi.input"].read(int(request["CONTENT_LENGTH"] or 0)).decode())
        ACTS[path](user, {name: values[0] for name, values in form.items()})
    else:
        return "404 Not Found", "", {}
    return "204 No Content", "", {}


def application(request, start):
    status, body, headers = answer(request)
    start(status, list({"Content-Type": "text/html; charset=utf-8", **headers}.items()))
    return [body.encode()]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


if __name__ == "__main__":
    make_server("localhost", int(sys.argv[1]), application, server_class=Server).serve_forever()
