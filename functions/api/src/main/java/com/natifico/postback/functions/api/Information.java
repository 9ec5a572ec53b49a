package com.natifico.postback.functions.api;

import com.natifico.postback.aws.http.Request;
import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.postback.Tracker;
import com.natifico.postback.postback.Trackers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The routes that are public. */
final class Information {
  Response health(Request request) {
    return Response.json(200, out -> out.field("status", "ok"));
  }

  Response openApi(Request request) {
    request.refuseQuery();
    return Response.constant("application/json", Lazy.OPEN_API);
  }

  Response macros(Request request) {
    request.refuseQuery();
    return Response.json(
        200,
        out ->
            out.objects(
                    "items",
                    Macros.all(),
                    (each, macro) ->
                        each.field("name", macro.name())
                            .field("description", macro.description())
                            .field("format", macro.format())
                            .field("example", macro.example())
                            .strings("aliases", macro.aliases()))
                .field("next", (String) null));
  }

  Response trackers(Request request) {
    request.refuseQuery();
    return Response.json(
        200,
        out ->
            out.objects("items", Trackers.all(), Information::write).field("next", (String) null));
  }

  private static void write(JsonOutput out, Tracker tracker) throws IOException {
    out.field("id", tracker.id())
        .field("name", tracker.name())
        .field("template", tracker.template())
        .field("link_half", tracker.linkHalf())
        .objects(
            "placeholders",
            tracker.placeholders(),
            (each, placeholder) ->
                each.field("name", placeholder.name())
                    .field("description", placeholder.description())
                    .field("example", placeholder.example()))
        .field("hint", tracker.hint());
  }

  /** Loaded on first use, because most invocations never need it. */
  private static final class Lazy {
    static final String OPEN_API = read("openapi.json");

    private static String read(String name) {
      try (InputStream in = Information.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("the function was packaged without " + name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
