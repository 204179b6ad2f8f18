"""A sign-in service (OpenID Connect) on loopback for tests: everybody who comes is the person that it was made for."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class SignInService:
    """``with SignInService({"email": …}) as service``: signs people in at ``service.address``."""

    def __init__(self, claims: dict[str, object]) -> None:
        from joserfc.jwk import RSAKey  # noqa: PLC0415 - comes with the extra signin only

        self.claims, self._key, self._nonces = claims, RSAKey.generate_key(2048, {"kid": "k"}), {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._pages())
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "SignInService":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def metadata(self) -> dict[str, object]:
        here = self.address
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def code(self, asked: dict[str, list[str]]) -> str:
        """The address to which the browser is sent back, with a code."""
        code = f"code{len(self._nonces)}"
        self._nonces[code] = (asked["nonce"][0], asked["client_id"][0])
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': code, 'state': asked['state'][0]})}"

    def token(self, code: str) -> dict[str, object]:
        from joserfc import jwt  # noqa: PLC0415

        nonce, client = self._nonces.pop(code)
        now = int(time.time())
        claims = {"iss": self.address, "aud": client, "sub": "17", "iat": now, "exp": now + 600, "nonce": nonce}
        signed = jwt.encode({"alg": "RS256", "kid": "k"}, claims | self.claims, self._key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": signed}

    def keys(self) -> dict[str, object]:
        return {"keys": [self._key.as_dict(private=False) | {"kid": "k", "use": "sig", "alg": "RS256"}]}

    def _pages(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
                if path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", service.code(asked))
                    self.end_headers()
                else:
                    self._reply(service.keys() if path == "/keys" else service.metadata())

            def do_POST(self) -> None:
                sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self._reply(service.token(sent["code"][0]))

            def _reply(self, record: dict[str, object]) -> None:
                body = json.dumps(record).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Pages
