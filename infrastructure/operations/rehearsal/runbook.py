"""Runs the commands of the runbook, of command-line.md and of data-protection.md against a stack on which conversions have been delivered."""

import json
import os
import re
import socket
import subprocess
import time

import boto3
import pages
from outside import Front, Load
from steps import WORK, bash, check, eventually, step

# Commands of the rehearsal before a page's block, counted from 0.
BETWEEN = {
    ("runbook/restore.md", 2): """
aws dynamodb delete-item --table-name "$SOURCE" --key '{"affiliate_id": {"S": "77"}, "sk": {"S": "lost"}}'
""",
    ("runbook/restore.md", 3): """
aws dynamodb get-item --table-name "$SOURCE" --key '{"affiliate_id": {"S": "77"}, "sk": {"S": "lost"}}' | grep lost
""",
    ("runbook/stop-sending.md", 2): """
while [ -n "$(aws lambda list-event-source-mappings --function-name "$SENDER_FUNCTION" \
  --query 'EventSourceMappings[].State' --output text | tr '\\t' '\\n' | grep -v '^Disabled$')" ]; do sleep 1; done
curl -s "$API/v1/conversions" -H "Authorization: Bearer $NETWORK_KEY" -d '{"conversion_id": "c-412", "affiliate_id": "77",
  "offer_id": "1", "status": "approved", "ref_id": "412", "sum": "1"}'
sleep 5
aws sqs get-queue-attributes --queue-url "$CALLBACK_QUEUE" --attribute-names ApproximateNumberOfMessages | grep '"1"'
""",
}


def runbook(stack, api, tracker, keys):
    """Returns the commands that ran."""
    step("the commands of the runbook, of command-line.md and of data-protection.md")
    check("a conversion is accepted whose callback is refused for good", Load(api, keys["network"], "77").push("410"))
    eventually("the callback is a dead letter", lambda: stack.waiting("DeadLetterQueue") > 0)
    pages.tools(WORK / "tools")
    local, port = local_stack()
    try:
        spare = api.call("POST", "/v1/keys", keys["admin"], {"role": "affiliate", "affiliate_id": "77"})[1]
        network = api.call("POST", "/v1/keys", keys["admin"], {"role": "network"})[1]
        variables = {**prepared(stack, keys), "API": Front(api).url, "KEY_ID": spare["key_id"],
                     "NETWORK_KEY_ID": network["key_id"], "LOCAL_PORT": port}
        run = set()
        for name, commands in pages.commands().items():
            if name.startswith("runbook/") or name == "command-line.md":
                run |= run_page(name, commands, variables)
        for click in ("410", "412"):
            eventually("what was redriven or stopped arrives", lambda: tracker.taken.get(click))
        check("a conversion of another affiliate is accepted", Load(api, keys["network"], "78").push("1"))
        run |= run_page("data-protection.md", pages.commands()["data-protection.md"], variables)
    finally:
        local.terminate()
    return run


def local_stack():
    """What `mvn -Plocal` starts, and the port of its tables."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    log = WORK / "local.log"
    with open(log, "wb") as out:
        process = subprocess.Popen(os.environ["LOCAL_STACK"].split(" "), env={**environment, "DYNAMODB_PORT": port, "PORT": "0"},
                                   stdout=out, stderr=subprocess.STDOUT)
    eventually("the local stack is ready", lambda: "ready http" in log.read_text())
    return process, port


def prepared(stack, keys):
    """What the commands find, and their variables."""
    streams, postbacks = boto3.client("dynamodbstreams"), boto3.client("dynamodb")
    stream = postbacks.describe_table(TableName=stack.ids["PostbacksTable"])["Table"]["LatestStreamArn"]
    shard = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]
    for queue in ("UnpublishedQueue", "UncountedQueue"):
        boto3.client("sqs").send_message(QueueUrl=stack.ids[queue], MessageBody=json.dumps(shard, default=str))
    copy = {"AWS_ENDPOINT_URL_DYNAMODB": os.environ["MOTO"], "table": stack.ids["PostbacksTable"]}
    bash("""
aws dynamodb create-table --table-name "$table" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=affiliate_id,AttributeType=S AttributeName=sk,AttributeType=S \
  --key-schema AttributeName=affiliate_id,KeyType=HASH AttributeName=sk,KeyType=RANGE
aws dynamodb update-continuous-backups --table-name "$table" \
  --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true
for sk in lost kept; do
  aws dynamodb put-item --table-name "$table" --item '{"affiliate_id": {"S": "77"}, "sk": {"S": "'$sk'"}}'
done
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=example.com -days 1 -keyout private-key.pem -out certificate.pem
cp certificate.pem certificate-chain.pem
""", WORK, **copy)
    names = next(each for each in pages.commands()["deploying.md"] if "output() {" in each)
    names = bash("stack=" + stack.name + names[names.index("\n"):] + "declare -p")
    return {
        **dict(re.findall(r'^declare -- ([A-Z_]+_(?:QUEUE|ARN))="(.*)"$', names, re.MULTILINE)),
        "stack": stack.name,
        "NETWORK_KEY": keys["network"],
        "MANAGER_KEY": keys["manager"],
        "ADMIN_KEY": keys["admin"],
        "AFFILIATE": "77",
        "TABLE": stack.ids["PostbacksTable"],
        "STREAM_ARN": stream,
        "SHARD_ID": shard["ShardId"],
        "START_SEQUENCE_NUMBER": shard["SequenceNumberRange"]["StartingSequenceNumber"],
        "CALLBACK_QUEUE": stack.ids["CallbackQueue"],
        "UUID": stack.ids["SenderFunctionRetries"],
        "RESTORE_TIME": time.strftime("%FT%TZ", time.gmtime()),
        "CERTIFICATE_ARN": bash("""aws acm import-certificate --certificate fileb://certificate.pem \
  --private-key fileb://private-key.pem --query CertificateArn --output text""", WORK).strip(),
    }


def run_page(name, commands, variables):
    """Runs a page's commands in one shell, and those for the local stack, which set its credentials, in one for each."""
    commands = [command for command in commands if pages.runs(command)]
    local = [command for command in commands if "AWS_ENDPOINT_URL_DYNAMODB=" in command]
    script = [BETWEEN.get((name, at), "") + pages.as_rehearsed(command) for at, command in enumerate(commands) if command not in local]
    engine = {"AWS_ENDPOINT_URL_DYNAMODB": os.environ["MOTO"]} if name == "runbook/restore.md" else {}
    for each in ["\n".join(script), *map(pages.as_rehearsed, local)]:
        bash("set -x\n" + each, **variables, **engine, PATH=f"{WORK}/tools:{os.environ['PATH']}")
    if commands:
        check(f"the commands of {name}: {len(commands)}", True)
    return set(commands)
