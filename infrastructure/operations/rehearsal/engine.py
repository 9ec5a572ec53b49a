"""LocalStack in this process, without Docker and downloads, on the loopback interface only.

What LocalStack would download or run in a container comes from the Maven build: DynamoDB Local and, for the functions,
the real runtime interface client. Each function runs in its own JVM with the deployed package.

Usage: engine.py PORT JAVA CLASSPATH    (until SIGTERM)
"""

import functools
import http.server
import os
import queue
import subprocess
import sys
import threading
import time
import types
from pathlib import Path

port, java, class_path = sys.argv[1:]
os.environ.update(
    GATEWAY_LISTEN=f"127.0.0.1:{port}",
    LOCALSTACK_HOST=f"127.0.0.1:{port}",
    SQS_ENDPOINT_STRATEGY="path",  # the other strategies put host names into a queue's URL, which need DNS
    OVERRIDE_IN_DOCKER="0",
    DISABLE_EVENTS="1",
    SKIP_SSL_CERT_DOWNLOAD="1",
    DNS_ADDRESS="0",
    LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT="60",
    # HTTP APIs and dashboards are not in the open edition; each is skipped with a line in the log.
    CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES="1",
)

from localstack.runtime import main  # noqa: E402
from localstack.runtime.server import twisted  # noqa: E402
from localstack.services.cloudformation.engine.v2 import change_set_model_executor as executor  # noqa: E402
from localstack.services.cloudformation.engine.v2 import change_set_model_transform as transform  # noqa: E402
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent  # noqa: E402
from localstack.services.dynamodb import server as dynamodb  # noqa: E402
from localstack.services.dynamodb.resource_providers.aws_dynamodb_table import DynamoDBTableProvider  # noqa: E402
from localstack.services.lambda_.invocation import lambda_service, runtime_executor  # noqa: E402
from localstack.services.lambda_.invocation.lambda_models import InvocationResult  # noqa: E402
from localstack.services.lambda_.resource_providers.aws_lambda_version import LambdaVersionProvider  # noqa: E402
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider  # noqa: E402

RUNTIME = ("aws-lambda-java-runtime-interface-client", "aws-lambda-java-core", "aws-lambda-java-serialization", "utils-lite")
RUNTIME_PATH = ":".join(jar for jar in class_path.split(":") if Path(jar).name.startswith(RUNTIME))
API = "/2018-06-01/runtime/"


class Given:
    """Replaces an object that LocalStack would download or find among its plugins."""

    def get_installer(self):
        return self

    def install(self):
        pass

    def get_java_env_vars(self):
        return {}

    def exists(self, _):
        return True

    def load(self, *_):
        return self if _ else Jvm


class Jvm(runtime_executor.RuntimeExecutor):
    """An execution environment: the Runtime API for one process, which polls it for events."""

    def __init__(self, id, function_version):
        super().__init__(id, function_version)
        self.events, self.answers, self.ready = queue.Queue(), queue.Queue(), threading.Event()
        self.failure, self.running = None, threading.Lock()
        self.log = Path(os.environ["FILESYSTEM_ROOT"]) / f"{function_version.id.function_name}-{id}.log"

    @classmethod
    def prepare_version(cls, function_version):
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass

    def get_address(self):
        return "127.0.0.1"

    get_endpoint_from_executor = get_address

    def get_runtime_endpoint(self):
        return ""

    def start(self, env_vars):
        environment = self

        class Api(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self, status, headers, body=b""):
                self.send_response(status)
                for name, value in {**headers, "Content-Length": len(body)}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                environment.ready.set()
                event = environment.events.get()
                headers = {
                    "Content-Type": "application/json",  # the client fails without it
                    "Lambda-Runtime-Aws-Request-Id": event["invoke-id"],
                    "Lambda-Runtime-Invoked-Function-Arn": event["invoked-function-arn"],
                    "Lambda-Runtime-Deadline-Ms": int((time.time() + environment.timeout()) * 1000),
                }
                self.answer(200, headers, event["payload"].encode())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == API + "init/error":
                    environment.failure = body
                    environment.ready.set()
                else:
                    environment.answers.put((self.path.endswith("/error"), body))
                self.answer(202, {})

            def log_message(self, *_):
                pass

        self.api = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
        threading.Thread(target=self.api.serve_forever, daemon=True).start()
        code = str(self.function_version.config.code.get_unzipped_code_location())
        variables = {name: str(value) for name, value in env_vars.items()}
        variables.update(AWS_LAMBDA_RUNTIME_API=f"127.0.0.1:{self.api.server_port}", LAMBDA_TASK_ROOT=code, TZ="UTC")
        options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"]
        client = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [java, *options, "-cp", RUNTIME_PATH, client, self.function_version.config.handler],
                env=variables, cwd=code, stdout=log, stderr=subprocess.STDOUT,
            )
        while not self.ready.wait(0.1):
            if self.process.poll() is not None:
                raise RuntimeError(f"it ended at its start: {self.get_logs()}")
        if self.failure:
            raise RuntimeError(self.failure.decode())

    def timeout(self):
        return self.function_version.config.timeout

    def stop(self):
        with self.running:  # as in Lambda: an invocation under way finishes even if the function is updated
            self.process.kill()
            self.process.wait()
            self.api.shutdown()

    def invoke(self, payload):
        before = self.log.stat().st_size
        with self.running:
            self.events.put(payload)
            try:
                failed, answer = self.answers.get(timeout=self.timeout())
            except queue.Empty:
                failed, answer = True, b'{"errorMessage": "no answer in time"}'
        return InvocationResult(payload["invoke-id"], answer, failed, self.get_logs()[before:])

    def get_logs(self):
        return self.log.read_text(errors="replace")


def dynamodb_local(self):
    engine = "software.amazon.dynamodb.services.local.main.ServerRunner"
    options = ["--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"]
    return [java, *options, "-cp", class_path, engine, "-inMemory", "-disableTelemetry", "-port", str(self.port)]


def alias_moved(self, request):
    """LocalStack can create an alias but not move it."""
    model = {**request.previous_state, **request.desired_state}
    names = ("FunctionName", "Name", "FunctionVersion")
    request.aws_client_factory.lambda_.update_alias(**{name: model[name] for name in names})
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)


def table_protected(action):
    """LocalStack's tables can be protected and recovered, but its CloudFormation does not pass that on."""

    def with_protection(self, request):
        event = action(self, request)
        wanted = request.desired_state
        if event.status == OperationStatus.SUCCESS:
            table, tables = event.resource_model["TableName"], request.aws_client_factory.dynamodb
            protected = str(wanted["DeletionProtectionEnabled"]) in ("true", "True")
            recoverable = str(wanted["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]) in ("true", "True")
            tables.update_table(TableName=table, DeletionProtectionEnabled=protected)
            tables.update_continuous_backups(
                TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": recoverable}
            )
        return event

    return with_protection


class Kept:
    """LocalStack knows only DeletionPolicy Retain, and deletes resources that have RetainExceptOnCreate."""

    def __ne__(self, policy):
        return policy not in ("Retain", "RetainExceptOnCreate")


dynamodb.dynamodblocal_package = Given()
dynamodb.DynamodbServer._create_shell_command = dynamodb_local
runtime_executor.EXECUTOR_PLUGIN_MANAGER = Given()
executor.DeletionPolicy = types.SimpleNamespace(Retain=Kept())
DynamoDBTableProvider.create = table_protected(DynamoDBTableProvider.create)
DynamoDBTableProvider.update = table_protected(lambda _, request: ProgressEvent(
    OperationStatus.SUCCESS, {**request.previous_state, **request.desired_state}
))
LambdaAliasProvider.update = alias_moved
# LocalStack deletes the code of the previous version, from which a new environment may still be loading classes.
lambda_service.destroy_code_if_not_used = lambda code, function: None
LambdaAliasProvider.SCHEMA["createOnlyProperties"] = []
# As in CloudFormation's reference: a changed description creates a new version.
LambdaVersionProvider.SCHEMA["createOnlyProperties"].append("/properties/Description")
# LocalStack looks for Fn::Transform in the template before SAM's transform, and fails on SAM's !Ref Function.Alias.
transform.ChangeSetModelTransform._execute_local_transforms = lambda self: None
# LocalStack listens on every interface and ignores GATEWAY_LISTEN.
twisted.endpoints.TCP4ServerEndpoint = functools.partial(twisted.endpoints.TCP4ServerEndpoint, interface="127.0.0.1")

main.main()
