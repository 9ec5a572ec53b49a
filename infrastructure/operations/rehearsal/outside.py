"""The outside world of a rehearsed deployment: the client that calls API Gateway, and the affiliate's tracker."""

import http.server
import json
import re
import threading
import time
import urllib.parse
import uuid
from pathlib import Path


class Api:
    """Calls the functions by their alias `live` as API Gateway does, the authorizer first: payload format 2.0."""

    def __init__(self, functions, lambdas):
        self.functions, self.lambdas = functions, lambdas

    def call(self, method, route, key=None, body=None, query="", **path):
        url = route.format(**path)
        http_part = {"method": method, "path": url, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""}
        event = {
            "version": "2.0",
            "routeKey": f"{method} {route}",
            "rawPath": url,
            "rawQueryString": query,
            "queryStringParameters": dict(urllib.parse.parse_qsl(query)),
            "headers": {"content-type": "application/json"},
            "pathParameters": path,
            "requestContext": {
                "requestId": str(uuid.uuid4()),
                "routeKey": f"{method} {route}",
                "stage": "$default",
                "timeEpoch": int(time.time() * 1000),
                "http": http_part,
            },
            "isBase64Encoded": False,
        }
        if key:
            asked = {**event, "type": "REQUEST", "routeArn": "arn:aws:execute-api", "identitySource": [f"Bearer {key}"]}
            answer = self.invoke("AuthorizerFunction", {**asked, "headers": {"authorization": f"Bearer {key}"}})
            if not answer["isAuthorized"]:
                return 403, None
            event["requestContext"]["authorizer"] = {"lambda": answer["context"]}
        if body is not None:
            event["body"] = json.dumps(body)
        function = "ConversionFunction" if route.startswith("/v1/conversions") else "ApiFunction"
        answer = self.invoke(function, event)
        return answer["statusCode"], json.loads(answer["body"]) if answer.get("body") else None

    def invoke(self, function, event):
        answer = self.lambdas.invoke(FunctionName=self.functions[function], Qualifier="live", Payload=json.dumps(event))
        payload = answer["Payload"].read()
        if "FunctionError" in answer:
            raise RuntimeError(f"{function}: {payload}")
        return json.loads(payload)


class Front(http.server.ThreadingHTTPServer):
    """The HTTP API on this machine, with the routes of template.yaml."""

    def __init__(self, api):
        super().__init__(("127.0.0.1", 0), Front.Handler)
        self.api, self.url = api, f"http://127.0.0.1:{self.server_port}"
        template = Path("template.yaml").read_text()
        self.routes = [(f"{method} {path}", re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", f"{method} {path}")))
                       for method, path in re.findall(r'Method: (\w+), Path: "?(/[^", ]*)', template)]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_one(self):
            url = urllib.parse.urlparse(self.path)
            route, path = next((route, match.groupdict()) for route, pattern in self.server.routes
                               if (match := pattern.fullmatch(f"{self.command} {url.path}")))
            key = self.headers.get("Authorization", "").removeprefix("Bearer ")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer = self.server.api.call(*route.split(" "), key, json.loads(body) if body else None, url.query, **path)
            answer = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_DELETE = handle_one

        def log_message(self, *_):
            pass


class Tracker:
    """Receives callbacks by click id; refuses every third one at first, so that it has to be retried, and click 410 for good."""

    def __init__(self):
        self.taken, self.refused = {}, set()
        tracker = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                click = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)["click"][0]
                if (int(click) % 3 == 0 or click == "410") and click not in tracker.refused:
                    tracker.refused.add(click)
                    self.send_response(302 if click == "410" else 503)  # 410 would pause the postback
                else:
                    tracker.taken[click] = tracker.taken.get(click, 0) + 1
                    self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/?click={{ref_id}}"


class Load(threading.Thread):
    """The ad network: pushes conversions one after another, and repeats those that were not accepted."""

    def __init__(self, api, key, affiliate):
        super().__init__(daemon=True)
        self.api, self.key, self.affiliate = api, key, affiliate
        self.accepted, self.repeats, self.ended = [], 0, threading.Event()

    def run(self):
        click = 0
        while not self.ended.is_set():
            click += 1
            while not self.push(str(click)):
                self.repeats += 1
                time.sleep(0.2)
            self.accepted.append(str(click))
            time.sleep(0.2)

    def push(self, click):
        conversion = {"conversion_id": f"c-{click}", "affiliate_id": self.affiliate, "offer_id": "1"}
        conversion.update(status="approved", ref_id=click, sum="12.50")
        try:
            return self.api.call("POST", "/v1/conversions", self.key, conversion)[0] in (200, 202)
        except Exception as e:  # any error: only a 2xx means accepted
            print(f"   not accepted, pushed again: {e}"[:200])
            return False

    def end(self):
        self.ended.set()
        self.join()
