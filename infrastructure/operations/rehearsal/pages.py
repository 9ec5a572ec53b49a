"""The commands of the pages in infrastructure/operations, as a rehearsal runs them.

Every block of commands and every command in a sentence that has options runs as printed, against the rehearsed stack, or is
in NOT_RUN with the reason.
"""

import os
import re
import shutil
from pathlib import Path

ROOT = Path("infrastructure/operations")

# The beginning of a command that does not run, and why.
NOT_RUN = {
    "filter ": "no engine here evaluates queries of Logs Insights",
    "fields ": "as above",
    "stats ": "as above",
    "affiliate 77 ": "what a command prints",
    '{\n  "mcpServers"': "the configuration of an assistant",
    "mvn package -DskipTests": "the caller has built the packages",
    "sam deploy --guided": "it asks questions; what it deploys is what the other commands deploy",
    "sam deploy --config-file ... ": "it asks whether to execute; the AWS CLI's command beside it runs",
    "aws cloudformation create-change-set --change-set-type IMPORT": "only the operation; LocalStack cannot import",
    "mvn -Pisolation": "a benchmark",
}

# Operations that LocalStack's open edition lacks: they are checked for their parameters alone.
PARAMETERS_ONLY = [
    "service-quotas get-service-quota",  # moto knows the quotas of VPC
    "dynamodb update-contributor-insights",
]

# What is only an example in a page, and what takes its place.
EXAMPLES = {
    r"natifico-postback\b": "$stack",
    "us-east-1": "$AWS_DEFAULT_REGION",
    "127.0.0.1:8000": "127.0.0.1:$LOCAL_PORT",
    "2026-11-02": "$(date -u +%F)",
    "c-81f2": "c-1",
    "erase 77 --now": "erase 78 --now",
    "http://localhost:8080 POSTBACK_KEY=local-manager": '"$API" POSTBACK_KEY="$MANAGER_KEY"',
    "# counts": "|| true  # ends with 1, because something is left",
    r"--uuid \.\.\.": '--uuid "$UUID"',
    "fileb://": "fileb://$WORK/",
    r"STREAM_ARN=.*\.\.\.\n": "",
    r"SHARD_ID=.*\.\.\.\n": "",
    r"START_SEQUENCE_NUMBER=\.\.\.\n": "",
}


def commands():
    """Every command of every page, by the page's name."""
    found = {}
    for page in sorted(ROOT.glob("**/*.md")):
        text = page.read_text()
        blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        sentences = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
        inline = re.findall(r"`((?:(?:aws|sam|mvn|curl|java)\b[^`]*? (?:--|-P)|(?:filter|fields|stats) )[^`]*)`", sentences)
        found[str(page.relative_to(ROOT))] = blocks + inline
    return found


def runs(command):
    return not command.startswith(tuple(NOT_RUN))


def as_rehearsed(command):
    for example, value in EXAMPLES.items():
        command = re.sub(example, lambda _: value, command)
    return command


def unknown(run):
    """The commands that neither ran nor are in a table, and what a table has too much."""
    printed = [command for page in commands().values() for command in page]
    tables = {**dict.fromkeys(NOT_RUN), **dict.fromkeys("aws " + each for each in PARAMETERS_ONLY)}
    return (
        [command for command in printed if runs(command) and command not in run]
        + [start for start in tables if not any(start in command for command in printed)]
        + [example for example in EXAMPLES if not any(re.search(example, command) for command in printed)]
    )


def unlogged():
    """The messages that queries look for and that no function logs."""
    code = "".join(file.read_text() for file in Path("functions").glob("*/src/main/**/*.java"))
    queries = [command for page in commands().values() for command in page if not runs(command)]
    return [message for query in queries for message in re.findall(r'message = "([^"]+)"', query) if f'"{message}"' not in code]


def tools(directory):
    """Writes `aws`, `curl`, `java` and `mvn` for the commands: with the tables above, with failures of the API as errors, and with
    the JDK that the project needs and MVN."""
    directory.mkdir()
    other = "".join(f'"{each}") set -- "$@" --generate-cli-skeleton output ;;\n' for each in PARAMETERS_ONLY)
    for name, line in {
        "aws": f'case "$1 $2" in\n{other}esac\nexec {shutil.which("aws")} "$@"',
        "curl": f'exec {shutil.which("curl")} --fail-with-body "$@"',
        "java": f'exec {os.environ["LOCAL_STACK"].split(" ")[0]} "$@"',
        "mvn": f'exec {os.environ.get("MVN", shutil.which("mvn"))} "$@"',
    }.items():
        (directory / name).write_text(f"#!/usr/bin/env bash\n{line}\n")
        (directory / name).chmod(0o755)
