package com.natifico.postback.functions.api;

import com.natifico.postback.aws.http.IfMatch;
import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.Preview;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import java.io.IOException;
import java.util.List;

/** Writes postbacks and previews as JSON. */
final class PostbackAnswer {
  private PostbackAnswer() {}

  static Response of(int status, Postback postback) {
    return Response.json(status, out -> write(out, postback))
        .with("etag", IfMatch.tag(postback.version()));
  }

  /** Never writes a signing secret. */
  static void write(JsonOutput out, Postback postback) throws IOException {
    PostbackSettings settings = postback.settings();
    RequestTemplate request = settings.request();
    RequestBody body = request.body();
    EventFilter filter = settings.filter();
    Revision revision = postback.revision();
    out.field("postback_id", postback.postbackId())
        .field("affiliate_id", postback.affiliateId())
        .field("offer_id", settings.scope().offerIdOrNull())
        .field("url", request.url())
        .field("method", request.method().name())
        .field("body", body == null ? null : body.text())
        .field("content_type", body == null ? null : body.contentType())
        .strings(
            "statuses", filter.statuses().stream().sorted().map(ConversionStatus::word).toList())
        .strings("goals", filter.goals())
        .field("also_global", settings.alsoGlobal())
        .field("label", settings.label())
        .field("state", postback.status().word())
        .field(
            "paused_reason",
            postback.status() instanceof PostbackStatus.Paused(PausedReason reason)
                ? reason.word()
                : null)
        .field("signed", !settings.signingSecrets().isEmpty())
        .field("created_at", revision.createdAt())
        .field("updated_at", revision.updatedAt())
        .field("version", revision.version());
    write(out, request.warnings());
  }

  static Response of(Preview preview) {
    return Response.json(
        200,
        out -> {
          out.field("url", preview.url())
              .field("body", preview.body())
              .objects(
                  "macros",
                  preview.macros(),
                  (each, use) ->
                      each.field("name", use.macro().name()).field("value", use.value()));
          write(out, preview.warnings());
        });
  }

  private static void write(JsonOutput out, List<Finding> warnings) throws IOException {
    out.objects(
        "warnings",
        warnings,
        (each, warning) -> {
          each.field("code", warning.code()).field("message", warning.message());
          if (warning.suggestion() != null) {
            each.field("suggestion", warning.suggestion());
          }
        });
  }
}
