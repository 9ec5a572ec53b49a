package com.natifico.postback.functions.api;

import com.natifico.postback.aws.http.IfMatch;
import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.Preview;
import com.natifico.postback.postback.RequestDraft;
import java.io.IOException;
import java.util.List;

/** Postbacks and previews as they are answered. */
final class PostbackAnswer {
  private PostbackAnswer() {}

  static Response of(int status, Postback postback) {
    return Response.json(status, out -> write(out, postback))
        .with("etag", IfMatch.tag(postback.version()));
  }

  /** Never a signing secret. */
  static void write(JsonOutput out, Postback postback) throws IOException {
    out.field("postback_id", postback.postbackId())
        .field("affiliate_id", postback.affiliateId())
        .field("offer_id", postback.offerId())
        .field("url", postback.url())
        .field("method", postback.method().name())
        .field("body", postback.body())
        .field("content_type", postback.contentType())
        .strings(
            "statuses", postback.statuses().stream().sorted().map(ConversionStatus::word).toList())
        .strings("goals", postback.goals())
        .field("also_global", postback.alsoGlobal())
        .field("label", postback.label())
        .field("state", postback.state().word())
        .field(
            "paused_reason",
            postback.pausedReason() == null ? null : postback.pausedReason().word())
        .field("signed", !postback.signingSecrets().isEmpty())
        .field("created_at", postback.createdAt())
        .field("updated_at", postback.updatedAt())
        .field("version", postback.version());
    write(out, RequestDraft.warnings(postback));
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
