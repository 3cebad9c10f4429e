"""The second real provider: canaille, in an environment of its own, with its data in memory.

What to serve comes as JSON in the first argument: port, redirect, secret, people (user name to password).
"""

import json
import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from werkzeug.serving import make_server

wanted = json.loads(sys.argv[1])
app = create_app(
    {
        "SECRET_KEY": "only for a test",
        "SERVER_NAME": f"127.0.0.1:{wanted['port']}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "FORCE_HTTPS": False},
        "CANAILLE_OIDC": {},
    }
)
with app.app_context():
    for name, password in wanted["people"].items():
        person = models.User(
            user_name=name, formatted_name=f"{name} (fictional)", family_name=name, emails=[f"{name}@example.org"],
            password=password,
        )  # fmt: skip
        Backend.instance.save(person)
    client = models.Client(
        client_id="accord",
        client_secret=wanted["secret"],
        client_name="Accord",
        client_uri="http://localhost",
        redirect_uris=[wanted["redirect"]],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid", "profile"],
        token_endpoint_auth_method="client_secret_basic",
    )
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)
server = make_server("127.0.0.1", wanted["port"], app, threaded=True)
print("ready", flush=True)
server.serve_forever()
