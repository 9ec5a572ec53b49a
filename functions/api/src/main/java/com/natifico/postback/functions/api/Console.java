package com.natifico.postback.functions.api;

import static java.util.Map.entry;

import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.problem.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console's page and its files. The page names its files with a version, so that a
 * browser requests each file once per release and not once per visit.
 */
final class Console {
  /** Permits only the console's own scripts, styles and API. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> SECURITY =
      Map.ofEntries(
          entry("content-security-policy", CONTENT_SECURITY_POLICY),
          entry("cross-origin-opener-policy", "same-origin"),
          entry("referrer-policy", "no-referrer"),
          entry("x-content-type-options", "nosniff"));

  private static final String ASK_EVERY_TIME = "no-cache";
  private static final String KEEP_FOR_EVER = "public, max-age=31536000, immutable";

  Response page(Request request) {
    return answer(request, Lazy.FILES.page(), ASK_EVERY_TIME);
  }

  /**
   * Serves a file of the console.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 404 if the file does not exist
   */
  Response file(Request request) {
    ConsoleFile file = Lazy.FILES.find(request.path("file"));
    if (file == null) {
      throw Problem.notFound("file");
    }
    // The page of another release requests that release's files and must not cache ours in their
    // place.
    boolean current = request.path("version").equals(Lazy.FILES.version());
    return answer(request, file, current ? KEEP_FOR_EVER : ASK_EVERY_TIME);
  }

  private static Response answer(Request request, ConsoleFile file, String cacheControl) {
    boolean gzip = acceptsGzip(request.header("accept-encoding"));
    String tag = file.tag(gzip);
    Map<String, String> headers = new TreeMap<>(SECURITY);
    headers.put("cache-control", cacheControl);
    headers.put("etag", tag);
    headers.put("vary", "accept-encoding");
    headers.put("content-type", file.contentType());
    if (!gzip) {
      return new Response(200, headers, file.text());
    }
    headers.put("content-encoding", "gzip");
    return Response.bytes(200, headers, file.gzipped());
  }

  /** An HTTP API does not compress responses itself. */
  private static boolean acceptsGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*q=", 2);
      if (parts[0].equals("gzip")) {
        return parts.length == 1 || !parts[1].matches("0(\\.0*)?");
      }
    }
    return false;
  }

  /** Loaded on first use, because most invocations never need it. */
  private static final class Lazy {
    static final ConsoleFiles FILES = ConsoleFiles.load();
  }
}
