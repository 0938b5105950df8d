"""Verifies Gatepost's webhooks, which are signed as Standard Webhooks say. Needs nothing but Python.

    event = webhook.verify(request.body, request.headers, os.environ["GATEPOST_WEBHOOK_SECRET"].split())
"""
import base64
import hashlib
import hmac
import json
import re
import time

TOLERANCE = 300  # seconds by which the clocks may differ, and that a request may take; what is older may be a copy


def verify(body, headers, secrets, now=None):
    """Gives the event: its type, timestamp and data. What is told again has the same webhook-id.

    body is the bytes as they came; headers finds webhook-id, webhook-timestamp and webhook-signature; secrets are whsec_..., two
    while one is rotated. Raises ValueError where it is not Gatepost's.
    """
    name, seconds, signatures = (headers.get(f"webhook-{part}", "") for part in ("id", "timestamp", "signature"))
    if not re.fullmatch("[0-9]{1,12}", seconds) or abs((time.time() if now is None else now) - int(seconds)) > TOLERANCE:
        raise ValueError(f"webhook-timestamp is {seconds!r}: expected seconds since 1970 within {TOLERANCE} of now")
    signed = f"{name}.{seconds}.".encode() + body
    expected = [hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256) for secret in secrets]
    given = [signature[3:].encode() for signature in signatures.split() if signature.startswith("v1,")]
    # each is compared with each, so that no answer comes earlier than another
    good = [hmac.compare_digest(base64.b64encode(one), other) for one in expected for other in given]
    if not name or not any(good):
        raise ValueError("webhook-signature is of none of the secrets")
    return json.loads(body)
