package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.acceptance.Acceptance;
import com.natifico.postback.contract.input.PushedConversion;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import java.io.IOException;
import java.util.List;

/** The answer to a pushed conversion, alone or in a batch. */
public sealed interface PushAnswer {
  /** The HTTP status; in a batch, the one that the conversion would have got alone. */
  int status();

  record Taken(Acceptance.Result.Accepted accepted, PushedConversion pushed) implements PushAnswer {
    @Override
    public int status() {
      return accepted.duplicate() ? 200 : 202;
    }

    public String json() {
      return StreamedJson.object(this::writeMembers);
    }

    private void writeMembers(JsonGenerator out) throws IOException {
      ConversionEvent event = accepted.event();
      StreamedJson.text(out, "conversion_id", event.conversion().conversionId());
      StreamedJson.text(out, "event_id", event.id().value());
      out.writeNumberField("revision", event.conversion().revision());
      out.writeBooleanField("duplicate", accepted.duplicate());
      out.writeArrayFieldStart("callbacks");
      for (String postbackId : event.callbacks()) {
        out.writeStartObject();
        StreamedJson.text(out, "delivery_id", event.id().deliveryId(postbackId));
        StreamedJson.text(out, "postback_id", postbackId);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("skipped");
      for (Skipped skipped : event.skipped()) {
        write(out, SkippedAnswer.of(event, skipped));
      }
      out.writeEndArray();
      ProblemJson.writeErrors(out, "warnings", pushed.warnings());
      StreamedJson.texts(out, "ignored", pushed.ignored());
    }

    private static void write(JsonGenerator out, SkippedAnswer skipped) throws IOException {
      out.writeStartObject();
      String postbackId = skipped.postbackId();
      if (postbackId == null) {
        out.writeNullField("postback_id");
      } else {
        StreamedJson.text(out, "postback_id", postbackId);
      }
      StreamedJson.text(out, "reason", skipped.reason());
      StreamedJson.textUnlessNull(out, "same_as", skipped.sameAs());
      StreamedJson.textUnlessNull(out, "delivery_id", skipped.deliveryId());
      out.writeEndObject();
    }
  }

  record Refused(Problem problem) implements PushAnswer {
    @Override
    public int status() {
      return problem.status();
    }
  }

  /** The answer to a batch, in the order of its conversions. */
  static String batch(List<PushAnswer> answers) {
    return StreamedJson.object(out -> writeBatch(out, answers));
  }

  private static void writeBatch(JsonGenerator out, List<PushAnswer> answers) throws IOException {
    out.writeArrayFieldStart("results");
    int index = 0;
    for (PushAnswer answer : answers) {
      out.writeStartObject();
      out.writeNumberField("index", index++);
      if (answer instanceof Taken taken) {
        out.writeNumberField("status", taken.status());
        taken.writeMembers(out);
      } else if (answer instanceof Refused(Problem problem)) {
        ProblemJson.writeMembers(out, problem);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
