"""What a deployed stack consists of, and whether it is what template.yaml promises."""

import json

import boto3
from botocore.exceptions import ClientError

FUNCTIONS = ("AuthorizerFunction", "ApiFunction", "ConversionFunction", "SenderFunction", "TimerFunction", "StatisticsFunction", "NotifierFunction")
ANSWERING = FUNCTIONS[:3]
KEPT = {"AWS::DynamoDB::Table", "AWS::SQS::Queue"}
FORGETFUL = ("EventsTable", "DeliveriesTable", "LimitsTable", "StatisticsTable", "PushesTable")


class Created:
    def __init__(self, name, check):
        self.name, self.check = name, check
        self.cloudformation = boto3.client("cloudformation")
        self.dynamodb, self.sqs, self.lambdas = boto3.client("dynamodb"), boto3.client("sqs"), boto3.client("lambda")
        self.refresh()

    def refresh(self):
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=self.name)
        resources = [each for page in pages for each in page["StackResourceSummaries"]]
        self.ids = {each["LogicalResourceId"]: each.get("PhysicalResourceId") for each in resources}
        self.types = {each["LogicalResourceId"]: each["ResourceType"] for each in resources}

    def of(self, type):
        return [name for name, its in self.types.items() if its == type]

    def data(self):
        """The tables and queues that a teardown keeps."""
        return sorted(name for name, type in self.types.items() if type in KEPT and name != "DeadLetterQueueSource")

    def status(self):
        return self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["StackStatus"]

    def live(self):
        return [self.lambdas.get_alias(FunctionName=self.ids[f], Name="live")["FunctionVersion"] for f in ANSWERING]

    def versions(self, function):
        versions = self.lambdas.list_versions_by_function(FunctionName=self.ids[function])["Versions"]
        return sorted((each["Version"] for each in versions if each["Version"] != "$LATEST"), key=int)

    def variables(self, function):
        configuration = self.lambdas.get_function_configuration(FunctionName=self.ids[function])
        return configuration["Environment"]["Variables"]

    def attributes(self, queue):
        return self.sqs.get_queue_attributes(QueueUrl=self.ids[queue], AttributeNames=["All"])["Attributes"]

    def waiting(self, queue):
        return int(self.attributes(queue)["ApproximateNumberOfMessages"])

    def is_as_it_should(self, protected, recoverable, retention, concurrency):
        self.check("the stack is complete", self.status() in ("CREATE_COMPLETE", "UPDATE_COMPLETE"))
        self.tables_are(protected, recoverable)
        self.queues_are()
        self.functions_are(retention)
        self.mappings_are(concurrency)
        self.schedule_is()
        self.roles_are()
        self.alarms_are()

    def tables_are(self, protected, recoverable):
        tables = self.of("AWS::DynamoDB::Table")
        self.check("eight tables", len(tables) == 8)
        for name in tables:
            table = self.dynamodb.describe_table(TableName=self.ids[name])["Table"]
            ttl = self.dynamodb.describe_time_to_live(TableName=self.ids[name])["TimeToLiveDescription"]
            backups = self.dynamodb.describe_continuous_backups(TableName=self.ids[name])["ContinuousBackupsDescription"]
            recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
            self.check(
                f"{name}: on demand, encrypted, protected {protected}, recoverable {recoverable}, forgets as told",
                table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
                and table["SSEDescription"]["Status"] == "ENABLED"
                and table["DeletionProtectionEnabled"] == protected
                and recovery == ("ENABLED" if recoverable else "DISABLED")
                and ttl.get("AttributeName") == ("expires_at" if name in FORGETFUL else None),
            )
        indexes = self.dynamodb.describe_table(TableName=self.ids["DeliveriesTable"])["Table"]["GlobalSecondaryIndexes"]
        self.check("the index of wake times has keys alone",
                   [(each["IndexName"], each["Projection"]["ProjectionType"]) for each in indexes] == [("by_wake_time", "KEYS_ONLY")])
        for name in ("PostbacksTable", "DeliveriesTable"):
            stream = self.dynamodb.describe_table(TableName=self.ids[name])["Table"]["StreamSpecification"]
            self.check(f"the stream of {name}", stream["StreamViewType"] == "NEW_AND_OLD_IMAGES")

    def queues_are(self):
        redrives = {"CallbackQueue": 20, "RetryQueue": 20, "SlowQueue": 20, "DeadLetterQueueSource": 1}
        queues = self.of("AWS::SQS::Queue")
        self.check("eight queues", len(queues) == 8)
        arns = {name: self.attributes(name)["QueueArn"] for name in queues}
        for name in queues:
            attributes = self.attributes(name)
            target = arns["DeadLetterQueue" if name == "DeadLetterQueueSource" else "UnprocessedQueue"]
            redrive = {"deadLetterTargetArn": target, "maxReceiveCount": redrives[name]} if name in redrives else None
            policy = json.loads(attributes["Policy"])["Statement"]
            found = json.loads(attributes["RedrivePolicy"]) if "RedrivePolicy" in attributes else None
            self.check(
                f"{name}: encrypted, over TLS alone, days kept, given up as told",
                attributes["SqsManagedSseEnabled"] == "true"
                and any(each["Condition"] == {"Bool": {"aws:SecureTransport": "false"}} and each["Resource"] == "*"
                        for each in policy if each["Sid"] == "TlsOnly")
                and attributes["MessageRetentionPeriod"] == ("345600" if name == "DeadLetterQueueSource" else "1209600")
                and (redrive is None) == (found is None)
                and (found is None or {**found, "maxReceiveCount": int(found["maxReceiveCount"])} == redrive),
            )

    def functions_are(self, retention):
        for name in FUNCTIONS:
            found = self.lambdas.get_function_configuration(FunctionName=self.ids[name])
            named = [value for key, value in found["Environment"]["Variables"].items() if key.endswith(("_TABLE", "_URL"))]
            self.check(
                f"{name}: Java 25 on arm64, its own role and log, every table and queue by its real name",
                found["Runtime"] == "java25" and found["Architectures"] == ["arm64"] and found["MemorySize"] == (384 if name == "ConversionFunction" else 512)
                and found["Role"].endswith("/" + self.ids[name.replace("Function", "Role")])
                and found["LoggingConfig"]["LogGroup"] == self.ids[name.replace("Function", "LogGroup")]
                and named and set(named) <= set(self.ids.values()),
            )
        self.check("the retention is as configured", self.variables("ApiFunction")["RETENTION_DAYS"] == retention)
        self.check("one published version is live", self.live() == ["1", "1", "1"])

    def mappings_are(self, concurrency):
        for name, most in concurrency.items():
            queue = {"FirstAttempts": "CallbackQueue", "Retries": "RetryQueue", "SlowEndpoints": "SlowQueue"}[name]
            mapping = self.lambdas.get_event_source_mapping(UUID=self.ids["SenderFunction" + name])
            self.check(
                f"{name}: from its queue, message by message, at most {most} at the same time",
                mapping["EventSourceArn"] == self.attributes(queue)["QueueArn"]
                and mapping["FunctionArn"].endswith(":function:" + self.ids["SenderFunction"])
                and mapping["State"] == "Enabled"
                and mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
                and mapping["ScalingConfig"] == {"MaximumConcurrency": most}
                and mapping["BatchSize"] == 100,
            )

    def schedule_is(self):
        rules = self.of("AWS::Events::Rule")
        events = boto3.client("events")
        invoked = []
        for each in rules:
            rule = events.describe_rule(Name=self.ids[each].rsplit("/", 1)[-1])
            targets = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
            self.check(f"{each}: its schedule is enabled",
                       rule["ScheduleExpression"] == "rate(1 minute)" and rule["State"] == "ENABLED")
            invoked += [target["Arn"].rsplit(":", 1)[-1] for target in targets]
        self.check("the timer and the notifier run every minute",
                   sorted(invoked) == sorted([self.ids["TimerFunction"], self.ids["NotifierFunction"]]))

    def roles_are(self):
        iam = boto3.client("iam")
        table = self.dynamodb.describe_table(TableName=self.ids["KeysTable"])["Table"]["TableArn"]
        policy = iam.get_role_policy(RoleName=self.ids["AuthorizerRole"], PolicyName="minimal")["PolicyDocument"]
        data = [each for each in policy["Statement"] if each["Action"][0].startswith("dynamodb:")]
        self.check("the authorizer may read the keys, write the day of a key's last use, and touch no other data",
                   [(each["Action"], each["Resource"]) for each in data]
                   == [(["dynamodb:GetItem"], table), (["dynamodb:UpdateItem"], table)]
                   and data[1]["Condition"] == {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["key_id", "last_used_on"]}}
                   and len(policy["Statement"]) == 4)

    def alarms_are(self):
        alarms = boto3.client("cloudwatch").describe_alarms()["MetricAlarms"]
        mine = [alarm for alarm in alarms if self.ids["Alarms"] in alarm["AlarmActions"]]
        queues = {each["Value"] for alarm in mine for each in alarm.get("Dimensions", []) if each["Name"] == "QueueName"}
        self.check("twenty-two alarms, each with an action, those of queues on existing queues",
                   len(mine) == 22 and queues <= {arn.rsplit(":", 1)[-1] for arn in self.queue_arns()} and len(queues) == 7)

    def queue_arns(self):
        return [self.attributes(name)["QueueArn"] for name in self.of("AWS::SQS::Queue")]

    def is_gone_but(self, data, deliveries_of=None):
        """Checks that the stack and everything it created are gone, except these tables and queues."""
        try:
            gone = self.status() == "DELETE_COMPLETE"
        except ClientError:
            gone = True
        self.check("the stack is gone", gone)
        left = boto3.client("lambda").list_functions()["Functions"]
        self.check("no function is left", not [each for each in left if each["FunctionName"] in self.ids.values()])
        left = boto3.client("iam").list_roles()["Roles"]
        self.check("no role is left", not [each for each in left if each["RoleName"] in self.ids.values()])
        left = boto3.client("logs").describe_log_groups()["logGroups"]
        self.check("no log group is left", not [each for each in left if each["logGroupName"] in self.ids.values()])
        left = boto3.client("cloudwatch").describe_alarms()["MetricAlarms"]
        self.check("no alarm is left", not [each for each in left if self.ids["Alarms"] in each["AlarmActions"]])
        tables = self.dynamodb.list_tables()["TableNames"]
        queues = self.sqs.list_queues().get("QueueUrls", [])
        for name in self.of("AWS::DynamoDB::Table"):
            self.check(f"{name} is {'kept' if name in data else 'gone'}", (self.ids[name] in tables) == (name in data))
        for name in self.of("AWS::SQS::Queue"):
            self.check(f"{name} is {'kept' if name in data else 'gone'}", (self.ids[name] in queues) == (name in data))
        if deliveries_of:
            found = self.dynamodb.query(
                TableName=data["DeliveriesTable"],
                KeyConditionExpression="affiliate_id = :a",
                ExpressionAttributeValues={":a": {"S": deliveries_of}},
            )
            self.check("with the deliveries in it", found["Count"] > 0)
