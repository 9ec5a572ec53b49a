"""One postback, one push and one look at the log, with a client that openapi-generator has made for Python."""

import sys
import time
import uuid

import client
from client.models import Amount, Conversion, ConversionIdInput, IdInput, PostbackRequest, PostbackRequestOfferId, PushedStatus


def api(kind, key):
    return kind(client.ApiClient(client.Configuration(host=sys.argv[1], access_token=key)))


postbacks = api(client.PostbacksApi, "local-affiliate-77")
deliveries = api(client.DeliveriesApi, "local-affiliate-77")
name = "python-" + uuid.uuid4().hex[:8]

postback = postbacks.create_postback(
    "77", PostbackRequest(url=sys.argv[2] + "/" + name + "?click={ref_id}&payout={sum}", offer_id=PostbackRequestOfferId(name)))
accepted = api(client.ConversionsApi, "local-network").push_conversion(
    Conversion(
        conversion_id=ConversionIdInput(name),
        affiliate_id=IdInput("77"),
        offer_id=IdInput(name),
        status=PushedStatus("approved"),
        sum=Amount("12.50"),
        ref_id="w8J3kUG5"))
assert not accepted.duplicate
for _ in range(100):
    rows = deliveries.list_deliveries("me", conversion_id=name).items
    if rows and rows[0].state == "delivered":
        break
    time.sleep(0.2)
assert [row.state for row in rows] == ["delivered"], rows
assert rows[0].url.endswith("?click=w8J3kUG5&payout=12.50"), rows[0].url
postbacks.delete_postback("77", postback.postback_id)
print("the Python client:", rows[0].delivery_id, rows[0].state)
