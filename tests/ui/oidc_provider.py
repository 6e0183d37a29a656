"""A small OpenID Connect provider on loopback: signs in whoever the test says, without a form.

Discovery, authorisation code with state and nonce, RS256 tokens, key set, end of session; by OpenID Connect Core 1.0
and RP-Initiated Logout 1.0, no further than a test needs.
"""

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "claimtrack-desk", "a secret of the client for the provider"


class Provider:
    """`claims` is whom the next sign-in is for, and may override anything that the token says."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self.claims: dict[str, Any] = {"sub": "1", "name": "Ada", "email": "ada@ledger.example"}
        self.signed_with = self.key
        self.codes: dict[str, str | None] = {}
        self.ended = self.tokens = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                provider.answer(self, parse_qs(urlsplit(self.path).query))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, parse_qs(body))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, request: BaseHTTPRequestHandler, given: dict[str, list[str]]) -> None:
        match urlsplit(request.path).path:
            case "/.well-known/openid-configuration":
                self.send(request, self.configuration())
            case "/keys":
                self.send(request, {"keys": [self.key.as_dict(private=False)]})
            case "/authorize":
                code = secrets.token_hex(8)
                self.codes[code] = given.get("nonce", [None])[0]
                back = urlencode({"code": code, "state": given["state"][0]})
                self.redirect(request, f"{given['redirect_uri'][0]}?{back}")
            case "/token":
                token = self.token(self.codes.pop(given["code"][0]))
                self.send(request, {"access_token": "x", "token_type": "Bearer", "id_token": token, "expires_in": 300})
            case "/end":
                self.ended += 1
                self.redirect(request, given["post_logout_redirect_uri"][0])

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
        }

    def token(self, nonce: str | None) -> str:
        self.tokens += 1
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, "email_verified": True}
        return jwt.encode({"alg": "RS256", "kid": "1"}, said | self.claims, self.signed_with)

    @staticmethod
    def send(request: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    @staticmethod
    def redirect(request: BaseHTTPRequestHandler, to: str) -> None:
        request.send_response(302)
        request.send_header("Location", to)
        request.send_header("Content-Length", "0")
        request.end_headers()
