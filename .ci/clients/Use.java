import client.ApiClient;
import client.api.ConversionsApi;
import client.api.DeliveriesApi;
import client.api.PostbacksApi;
import client.model.Amount;
import client.model.Conversion;
import client.model.ConversionIdInput;
import client.model.Delivery;
import client.model.IdInput;
import client.model.Postback;
import client.model.PostbackRequest;
import client.model.PostbackRequestOfferId;
import client.model.PushedStatus;
import java.util.List;

/** The same as use.py with a client for Java. */
public class Use {
  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    PostbacksApi postbacks = new PostbacksApi(client(url, "local-affiliate-77"));
    DeliveriesApi deliveries = new DeliveriesApi(client(url, "local-affiliate-77"));
    String name = "java-" + System.nanoTime();

    Postback postback =
        postbacks.createPostback(
            "77",
            new PostbackRequest()
                .url(arguments[1] + "/" + name + "?click={ref_id}&payout={sum}")
                .offerId(new PostbackRequestOfferId(name)),
            name);
    new ConversionsApi(client(url, "local-network"))
        .pushConversion(
            new Conversion()
                .conversionId(new ConversionIdInput(name))
                .affiliateId(new IdInput("77"))
                .offerId(new IdInput(name))
                .status(new PushedStatus("approved"))
                .sum(new Amount("12.50"))
                .refId("w8J3kUG5"));
    List<Delivery> rows = List.of();
    for (int i = 0; i < 100 && (rows.isEmpty() || !isDelivered(rows.get(0))); i++) {
      Thread.sleep(200);
      rows =
          deliveries
              .listDeliveries(
                  "me", null, null, name, null, null, null, null, null, null, null, null, null,
                  null)
              .getItems();
    }
    if (rows.size() != 1 || !isDelivered(rows.get(0))) {
      throw new AssertionError(rows);
    }
    postbacks.deletePostback("77", postback.getPostbackId(), null);
    System.out.println("the Java client: " + rows.get(0).getDeliveryId() + " delivered");
  }

  private static boolean isDelivered(Delivery row) {
    return row.getState().getValue().equals("delivered");
  }

  private static ApiClient client(String url, String key) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
    return client;
  }
}
