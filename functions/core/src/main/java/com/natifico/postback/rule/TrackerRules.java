package com.natifico.postback.rule;

import static com.natifico.postback.rule.Meaning.ACCEPTED;
import static com.natifico.postback.rule.Meaning.BAD_KEY;
import static com.natifico.postback.rule.Meaning.DUPLICATE;
import static com.natifico.postback.rule.Meaning.INVALID;
import static com.natifico.postback.rule.Meaning.OTHER;
import static com.natifico.postback.rule.Meaning.TOO_OLD;
import static com.natifico.postback.rule.Meaning.UNKNOWN_CLICK;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tracker says that it took a callback or refused it. A tracker without an entry documents no
 * answers; no text is guessed, because a wrong rule would hide a delivered callback.
 *
 * @param tracker the id of the tracker in the catalogue
 * @param source where its answers are documented, or that they are not (read in November 2026)
 */
public record TrackerRules(String tracker, String source, AnswerRules rules) {
  private static final List<TrackerRules> ALL =
      List.of(
          new TrackerRules(
              "tune",
              "support.tune.com, article 4413247665431, Receiving Conversions via Postback URL:"
                  + " success=true; or success=false; err_msg=..., both with status 200. The texts"
                  + " for an expired offer and a wrong security token are not documented.",
              rules(
                  delivered(Condition.containing("success=true")),
                  rejected(Condition.containing("Invalid Trans. ID"), UNKNOWN_CLICK),
                  rejected(Condition.containing("Duplicate conversion"), DUPLICATE),
                  rejected(Condition.containing("success=false"), OTHER))),
          new TrackerRules(
              "tiktok",
              "Every answer has status 200 and a code, and 0 is success: the open source clients"
                  + " pytt-events-api and tap-tiktok-ads, which retries 50000. 40105 is \"Access"
                  + " token is incorrect or has been revoked\", and 40001 is an app without"
                  + " authorization. Sources disagree about 40100 (too many requests, or an invalid"
                  + " token), so it is retried. TikTok's own table (business-api.tiktok.com, id"
                  + " 1738373164380162) is not public.",
              rules(
                  delivered(Condition.equal("/code", "0")),
                  rejected(Condition.equal("/code", "40105"), BAD_KEY),
                  rejected(Condition.equal("/code", "40001"), BAD_KEY),
                  retry(Condition.equal("/code", "40100")),
                  retry(Condition.equal("/code", "50000")),
                  rejected(Condition.containing("\"code\""), OTHER))),
          new TrackerRules(
              "meta",
              "developers.facebook.com, Conversions API, Using the API and Troubleshooting (2xx if"
                  + " the event is valid, else 4xx), and Graph API, Handling Errors (the codes)."
                  + " The subcode of an event that is older than seven days is from public code.",
              rules(
                  delivered(Condition.equal("/events_received", "1")),
                  rejected(error("/error/error_subcode", "2804003"), TOO_OLD),
                  rejected(error("/error/code", "190"), BAD_KEY),
                  rejected(error("/error/code", "102"), BAD_KEY),
                  rejected(error("/error/code", "10"), BAD_KEY),
                  rejected(error("/error/code", "100"), INVALID),
                  retry(error("/error/code", "1")),
                  retry(error("/error/code", "2")),
                  retry(error("/error/code", "4")),
                  retry(error("/error/code", "17")))),
          new TrackerRules(
              "snap",
              "developers.snap.com, Conversions API, describes the request only. An accepted event"
                  + " is answered with status VALID and a wrong token with 401: recorded answers in"
                  + " public repositories. For all other answers the HTTP status decides.",
              rules(
                  delivered(Condition.equal("/status", "VALID")),
                  rejected(Condition.ANY.withStatus("401"), BAD_KEY))),
          new TrackerRules(
              "pinterest",
              "Pinterest's OpenAPI description: 400 is an invalid request. An answer names the"
                  + " status of each event, processed or failed: Pinterest's generated clients."
                  + " That 401 and 403 are wrong tokens is their meaning in HTTP.",
              rules(
                  rejected(
                      Condition.equal("/events/0/status", "failed").withStatus("2xx"), INVALID),
                  delivered(Condition.equal("/events/0/status", "processed")),
                  rejected(Condition.ANY.withStatus("401"), BAD_KEY),
                  rejected(Condition.ANY.withStatus("403"), BAD_KEY),
                  rejected(Condition.ANY.withStatus("400"), INVALID),
                  rejected(Condition.ANY.withStatus("422"), INVALID))),
          new TrackerRules(
              "reddit",
              "Reddit's reference needs an account. 400 with error.message is an invalid event:"
                  + " recorded answers in public repositories. That 401 and 403 are wrong tokens is"
                  + " their meaning in HTTP.",
              rules(
                  rejected(Condition.ANY.withStatus("401"), BAD_KEY),
                  rejected(Condition.ANY.withStatus("403"), BAD_KEY),
                  rejected(Condition.ANY.withStatus("400"), INVALID))),
          new TrackerRules(
              "openai",
              "developers.openai.com/ads/conversions-api: a request with one invalid event fails as"
                  + " a whole. community.openai.com, topic 1381420: 401 is a key without the scope"
                  + " for events. The text for an event that is older than seven days is not"
                  + " documented.",
              rules(
                  rejected(Condition.ANY.withStatus("401"), BAD_KEY),
                  rejected(Condition.ANY.withStatus("400"), INVALID))),
          new TrackerRules(
              "cake",
              "support.getcake.com, article 13000118801: request_status is Success. How a refusal"
                  + " is worded is not documented, so any other request_status is one.",
              rules(
                  delivered(Condition.equal("/request_status", "Success")),
                  rejected(Condition.containing("\"request_status\""), OTHER))),
          new TrackerRules(
              "prosper202",
              "github.com/tracking202/prosper202, tracking202/static/gpb.php: 404 with \"SubID not"
                  + " found\", or 202 with \"error\": false. It knows no key, and it answers a"
                  + " duplicate like a new conversion.",
              rules(
                  rejected(error("/msg", "SubID not found"), UNKNOWN_CLICK),
                  delivered(Condition.equal("/error", "false")))),
          new TrackerRules(
              "affise",
              "help-center.affise.com, article 6476587: status 2 means that the conversion was not"
                  + " registered. With asynchronous postbacks every postback is answered as a"
                  + " success, and refusals are in Affise's own log only.",
              rules(
                  delivered(Condition.equal("/status", "1")),
                  rejected(Condition.equal("/status", "2"), OTHER))),
          undocumented(
              "keitaro",
              "docs.keitaro.io, Postback troubleshooting, lists the messages of its log (SubID not"
                  + " found; a pair of SubID and tid that exists), and not its answers"),
          undocumented("voluum", "doc.voluum.com describes the request, and not its answers"),
          undocumented(
              "binom", "docs.binom.org, Postback URL, describes the request, and not its answers"),
          undocumented(
              "redtrack",
              "help.redtrack.io describes what becomes of duplicates, and not its answers"),
          undocumented(
              "everflow",
              "helpdesk.everflow.io, article 6127792, lists the error codes of its reports, and not"
                  + " its answers"),
          undocumented(
              "trackdesk",
              "help.trackdesk.com, article 6525155, lists the messages of its log, and not its"
                  + " answers"));

  /** The ids of the trackers whose answers were looked up, including those without a template. */
  public static List<String> trackers() {
    return ALL.stream().map(TrackerRules::tracker).toList();
  }

  /** The rules of this tracker. Those of an unknown one are empty, so that the status decides. */
  public static TrackerRules of(String tracker) {
    return ALL.stream()
        .filter(each -> each.tracker.equals(tracker))
        .findFirst()
        .orElseGet(() -> undocumented(tracker, "Nothing about its answers was found"));
  }

  private static TrackerRules undocumented(String tracker, String what) {
    return new TrackerRules(tracker, what + ": the HTTP status decides.", AnswerRules.NONE);
  }

  private static AnswerRules rules(AnswerRule... rules) {
    return new AnswerRules(List.of(rules));
  }

  private static Condition error(String pointer, String expected) {
    return Condition.equal(pointer, expected).withStatus("4xx");
  }

  private static AnswerRule delivered(Condition when) {
    return new AnswerRule(when, Ruling.DELIVERED, ACCEPTED);
  }

  private static AnswerRule rejected(Condition when, @Nullable Meaning meaning) {
    return new AnswerRule(when, Ruling.REJECTED, meaning);
  }

  private static AnswerRule retry(Condition when) {
    return new AnswerRule(when, Ruling.RETRY, null);
  }
}
