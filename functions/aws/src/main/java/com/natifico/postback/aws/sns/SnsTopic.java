package com.natifico.postback.aws.sns;

import com.natifico.postback.aws.client.SignedCalls;
import com.natifico.postback.aws.log.JsonOutput;
import com.natifico.postback.notification.EventMessage;
import com.natifico.postback.notification.EventTopic;
import com.natifico.postback.notification.PostbackEvent;
import java.time.Instant;
import java.util.Map;

/**
 * Publishes each message as JSON, and for e-mail subscribers as text
 * (docs.aws.amazon.com/sns/latest/api/API_Publish.html).
 */
public final class SnsTopic implements EventTopic {
  private final SignedCalls sns;
  private final String topicArn;

  public SnsTopic(SignedCalls sns, String topicArn) {
    this.sns = sns;
    this.topicArn = topicArn;
  }

  @Override
  public void publish(EventMessage message, Instant at) {
    sns.call(
        Map.of(
            "Action",
            "Publish",
            "Version",
            "2010-03-31",
            "TopicArn",
            topicArn,
            "MessageStructure",
            "json",
            "Subject",
            subject(message),
            "Message",
            JsonOutput.object(
                out -> out.field("default", json(message)).field("email", message.text()))));
  }

  /** SNS takes fewer than 100 characters. */
  private static String subject(EventMessage message) {
    String subject = message.subject();
    return subject.substring(0, Math.min(subject.length(), 99));
  }

  /** The members of the message, which documents and subscribers know. */
  public static String json(EventMessage message) {
    PostbackEvent newest = message.newest();
    return JsonOutput.object(
        out ->
            out.field("type", message.kind().type())
                .field("id", message.id())
                .field("affiliate_id", message.affiliateId())
                .field("postback_id", newest.postback().postbackId())
                .field("offer_id", newest.offerId())
                .field("label", newest.label())
                .field("reason", newest.reason())
                .field("at", newest.at())
                .field("count", (long) message.count())
                .strings("postback_ids", message.postbackIds()));
  }
}
