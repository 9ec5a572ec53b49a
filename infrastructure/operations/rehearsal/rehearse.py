"""Deploys, upgrades, rolls back and tears down the real template with the real packages, as deploying.md says.

Usage: rehearse.py dev prod, in the project's root, with `sam` and `aws` on the PATH and AWS_ENDPOINT_URL pointing at an engine
that is thrown away afterwards. The commands are those of deploying.md; the first failed check ends it with an error.
"""

import json
import os
import re
import shutil
import sys
import time
import zipfile

import boto3
import botocore.loaders
import pages
from created import Created
from outside import Api, Load, Tracker
from runbook import runbook
from steps import ROOT, STARTED, WORK, bash, check, eventually, step

RUN = set()


def documented(words):
    """The only block of commands in deploying.md that contains these words."""
    (block,) = [block for block in pages.commands()["deploying.md"] if words in block and pages.runs(block)]
    RUN.add(block)
    return block


def impatient():
    """CloudFormation's waiters poll every 30 seconds; this engine takes two."""
    waiters = botocore.loaders.Loader(include_default_search_paths=True).load_service_model("cloudformation", "waiters-2")
    for waiter in waiters["waiters"].values():
        waiter.update(delay=1, maxAttempts=150)
    directory = WORK / "models/cloudformation/2010-05-15"
    directory.mkdir(parents=True)
    (directory / "waiters-2.json").write_text(json.dumps(waiters))
    os.environ["AWS_DATA_PATH"] = str(WORK / "models")


def next_release():
    """This release with one more file in each package, so that the code is new to Lambda."""
    directory = WORK / "next"
    for name in ("api", "authorizer", "conversion", "sender", "timer", "statistics", "notifier"):
        target = directory / f"functions/{name}/target"
        target.mkdir(parents=True)
        shutil.copy(ROOT / f"functions/{name}/target/{name}.zip", target)
        with zipfile.ZipFile(target / f"{name}.zip", "a") as package:
            package.writestr(zipfile.ZipInfo("next-release"), "")
    for name in ("template.yaml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, directory)
    shutil.copytree(ROOT / "infrastructure/operations", directory / "infrastructure/operations", ignore=lambda at, names: {"target", "src"} & set(names))
    return directory


def sam(parameters="", directory=ROOT, fails=False):
    """The documented command, with parameters as the SAM CLI takes them."""
    overrides = f' --parameter-overrides "{parameters}"' if parameters else ""
    return bash(documented("samconfig.toml --config-env dev").strip() + overrides, directory, fails)


def dev():
    """The stage dev by the SAM CLI: first time, first keys, an upgrade under load, back again, teardown."""
    step("sam deploy, stage dev, the first time")
    sam()
    stack = Created("natifico-postback-dev", check)
    stack.is_as_it_should(protected=False, recoverable=False, retention="17", concurrency={"FirstAttempts": 5, "Retries": 2, "SlowEndpoints": 2})
    api, tracker = Api(stack.ids, stack.lambdas), Tracker()
    check("GET /health is answered by the package through the alias", api.call("GET", "/health") == (200, {"status": "ok"}))
    data = {name: stack.ids[name] for name in stack.data()}

    step("a parameter alone: the first admin key, and a tracker on this machine")
    secret, _, first_key = bash(documented("openssl rand") + "echo $key").split()
    sam(f"BootstrapAdminKeyHash={secret} EgressAllow=127.0.0.0/8 RetrySchedule=3s,3s,3s")
    check("parameters that were not given are unchanged", stack.variables("SenderFunction")["RETENTION_DAYS"] == "17")
    check("a new version is live where a parameter's new value matters", stack.live() == ["2", "2", "1"])
    check("the previous version is deleted", stack.versions("ApiFunction") == ["2"])
    keys = {role: created_key(api, first_key, role=role) for role in ("network", "manager", "admin")}
    affiliate = created_key(api, first_key, role="affiliate", affiliate_id="77")
    postback = {"url": tracker.url}
    status, _ = api.call("POST", "/v1/affiliates/{affiliate_id}/postbacks", affiliate, postback, affiliate_id="77")
    check("an affiliate saves a postback", status == 201)

    step("an upgrade under load: new packages, and without the bootstrap key")
    load = Load(api, keys["network"], "77")
    load.start()
    eventually("callbacks arrive", lambda: len(tracker.taken) > 5)
    before = len(load.accepted)
    sam("BootstrapAdminKeyHash=''", next_release())
    during = len(load.accepted) - before
    check("the new versions are live", stack.live() == ["3", "3", "2"])
    check("the previous versions still exist", stack.versions("ApiFunction") == ["2", "3"])
    check("the bootstrap key is no longer valid", api.call("GET", "/v1/keys", first_key)[0] == 403)
    stack.refresh()
    check("tables and queues are unchanged", {name: stack.ids[name] for name in stack.data()} == data)
    more = len(load.accepted) + 5
    eventually("conversions are accepted by the new version", lambda: len(load.accepted) > more)
    load.end()
    ended = time.monotonic()
    eventually("every accepted conversion reaches the tracker", lambda: set(load.accepted) <= set(tracker.taken))
    print(f"   the last ones of them {time.monotonic() - ended:.0f} s after the load's end")
    twice = sum(times > 1 for times in tracker.taken.values())
    print(f"   {len(load.accepted)} accepted, {during} of them during the upgrade; {load.repeats} pushes repeated; "
          f"{len(tracker.refused)} callbacks sent again after a 503; {twice} arrived twice")
    check("no message was moved to a dead-letter queue", stack.waiting("UnprocessedQueue") == stack.waiting("DeadLetterQueue") == 0)

    step("back to the release before: the alias at once, then the deployment")
    bash(f"function={stack.ids['ApiFunction']}\n" + documented("update-alias").replace("41", "2"))
    check("the old version is live", stack.live()[1] == "2" and api.call("GET", "/health")[0] == 200)
    sam()
    check("the previous release is live again as a new version", stack.live() == ["4", "4", "3"])
    bash("stack=natifico-postback-dev\n" + documented("list-versions-by-function").replace("-5", "-2"))
    check("old versions are deleted except the last ones", stack.versions("ApiFunction") == ["3", "4"])

    RUN.update(runbook(stack, api, tracker, keys))

    step("sam delete")
    bash("sam delete --no-prompts --stack-name natifico-postback-dev --region $AWS_DEFAULT_REGION")
    stack.is_gone_but(data, deliveries_of="77")


def created_key(api, first_key, **wanted):
    status, body = api.call("POST", "/v1/keys", first_key, wanted)
    check(f"the bootstrap key makes a key: {wanted['role']}", status == 201)
    return body["key"]


def prod():
    """The template's defaults by the AWS CLI alone, and everything away again, the data too."""
    step("aws cloudformation package and deploy, with the template's defaults")
    bash("aws s3 mb s3://packages-of-a-rehearsal")
    bash(documented("aws cloudformation package"), BUCKET="packages-of-a-rehearsal")
    stack = Created("natifico-postback", check)
    stack.is_as_it_should(protected=True, recoverable=True, retention="90", concurrency={"FirstAttempts": 50, "Retries": 20, "SlowEndpoints": 10})
    names = "CALLBACK_QUEUE_ARN DEAD_LETTER_QUEUE UNPROCESSED_QUEUE_ARN UNPUBLISHED_QUEUE UNCOUNTED_QUEUE"
    shown = bash(documented("output() {") + f"\nfor name in {names}; do echo \"value ${{!name}}\"; done").splitlines()
    values = [line.removeprefix("value ") for line in shown if line.startswith("value ")]
    right = [stack.attributes("CallbackQueue")["QueueArn"], stack.ids["DeadLetterQueue"],
             stack.attributes("UnprocessedQueue")["QueueArn"], stack.ids["UnpublishedQueue"], stack.ids["UncountedQueue"]]
    check("the runbook's variables refer to the right queues", values == right)
    data = {name: stack.ids[name] for name in stack.data()}
    refused = bash(f"aws dynamodb delete-table --table-name {data['EventsTable']}", fails=True)
    check("a protected table refuses to be deleted", "ValidationException" in refused)

    queue_policies()

    step("teardown, and the data as well")
    bash(documented("--parameter-overrides DeletionProtection=false"), BUCKET="packages-of-a-rehearsal")
    bash("stack=natifico-postback\n" + documented("xargs -n1 aws dynamodb delete-table"), WORK)
    stack.is_gone_but({})
    (ROOT / "packaged.yaml").unlink()


def queue_policies():
    """A stack with a policy for each queue, upgraded to the template's QueuesPolicy, and the remedy of deploying.md."""
    step("an upgrade from one policy for each queue")
    policy = re.search(r"^  QueuesPolicy:\n.*?\n\n", (ROOT / "template.yaml").read_text(), re.DOTALL | re.MULTILINE)[0]
    names = re.findall(r"- !Ref (\w+)", policy)
    queues = "Resources:\n" + "".join(f"  {name}: {{ Type: AWS::SQS::Queue }}\n" for name in names)
    listed = "".join(f"        - !Ref {name}\n" for name in names)
    each = "".join(policy.replace("QueuesPolicy", name + "Policy").replace(listed, f"        - !Ref {name}\n") for name in names)

    def policies(resources):
        (WORK / "queues.yaml").write_text(queues + resources)
        bash("aws cloudformation deploy --template-file queues.yaml --stack-name queues", WORK)
        stack = Created("queues", check)
        return [name for name in names if "TlsOnly" in stack.attributes(name).get("Policy", "")]

    check("each queue has its policy", policies(each) == names)
    check("the upgrade loses the policies", policies(policy) == [])
    check("a changed Sid brings them back", policies(policy.replace("Sid: TlsOnly", "Sid: TlsOnlyAgain")) == names)
    bash("aws cloudformation delete-stack --stack-name queues")


impatient()
for stage in sys.argv[1:]:
    {"dev": dev, "prod": prod}[stage]()
if {"dev", "prod"} <= set(sys.argv):
    check(f"every command of the pages has run, or has a reason not to: {pages.unknown(RUN)}", pages.unknown(RUN) == [])
    check(f"every message that the pages look for is logged: {pages.unlogged()}", pages.unlogged() == [])
print(f"== {int(time.monotonic() - STARTED)} s: it holds")
