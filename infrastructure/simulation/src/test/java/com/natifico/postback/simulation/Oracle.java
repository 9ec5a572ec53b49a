package com.natifico.postback.simulation;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestHeaders;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The expected outcome of an event, implemented a second time from the rules of matching and
 * without the domain's code.
 */
final class Oracle {
  /** In place of a postback, if there is none. */
  private static final String NONE = "";

  private Oracle() {}

  /** The outcome for each postback: {@code sent}, or the reason why nothing is sent. */
  static Map<String, String> fates(Conversion conversion, List<Postback> postbacks) {
    Map<String, String> fates = new TreeMap<>();
    List<Postback> own = new ArrayList<>();
    List<Postback> global = new ArrayList<>();
    for (Postback each : byAge(postbacks)) {
      if (each.scope() instanceof Scope.Offer(String offerId)
          && !offerId.equals(conversion.offerId())) {
        continue;
      }
      if (!each.settings().filter().statuses().contains(conversion.status())) {
        fates.put(each.postbackId(), "status_filtered");
      } else if (!each.settings().filter().goals().isEmpty()
          && !lower(each.settings().filter().goals()).contains(lower(conversion.goal()))) {
        fates.put(each.postbackId(), "goal_filtered");
      } else if (each.isGlobal()) {
        global.add(each);
      } else {
        own.add(each);
      }
    }
    if (fates.isEmpty() && own.isEmpty() && global.isEmpty()) {
      fates.put(NONE, "no_postback");
    }
    boolean all = own.isEmpty() || own.stream().anyMatch(each -> each.settings().alsoGlobal());
    List<Postback> firing = new ArrayList<>(own);
    for (Postback each : global) {
      if (all || each.settings().alsoGlobal()) {
        firing.add(each);
      } else {
        fates.put(each.postbackId(), "replaced_by_offer_postback");
      }
    }
    Map<CallbackRequest, Postback> winners = new HashMap<>();
    for (Postback each : firing) {
      Postback other = winners.get(request(each, conversion));
      if (other == null || (other.isPaused() && !each.isPaused())) {
        winners.put(request(each, conversion), each);
      }
    }
    for (Postback each : firing) {
      boolean wins = each.equals(winners.get(request(each, conversion)));
      fates.put(each.postbackId(), wins ? each.isPaused() ? "paused" : "sent" : "same_as");
    }
    return fates;
  }

  /** The same outcomes as recorded in the claim. */
  static Map<String, String> claimed(ConversionEvent event) {
    Map<String, String> fates = new TreeMap<>();
    event.callbacks().forEach(postbackId -> fates.put(postbackId, "sent"));
    for (Skipped each : event.skipped()) {
      String postbackId = each.postbackId();
      fates.put(postbackId == null ? NONE : postbackId, each.reason().word());
    }
    return fates;
  }

  /** The request of this postback; the values of the simulation need no encoding. */
  static CallbackRequest request(Postback postback, Conversion conversion) {
    RequestTemplate request = postback.settings().request();
    RequestBody body = request.body();
    return new CallbackRequest(
        request.method(),
        filled(request.url(), conversion),
        body == null ? null : filled(body.text(), conversion),
        null,
        withSecrets(request.headers()));
  }

  private static RequestHeaders withSecrets(RequestHeaders headers) {
    Map<String, String> sent = new HashMap<>(headers.byName());
    sent.replaceAll((_, value) -> value.replace("{secret.token}", Drafts.SECRET));
    return new RequestHeaders(sent);
  }

  private static String filled(String template, Conversion conversion) {
    return template
        .replace("{ref_id}", conversion.fields().byName().getOrDefault("ref_id", ""))
        .replace(
            "{conversion_id}",
            conversion.fields().byName().getOrDefault("conversion_id", conversion.conversionId()))
        .replace("{goal}", conversion.goal())
        .replace("{status_text}", conversion.status().name().toLowerCase(Locale.ROOT));
  }

  private static List<Postback> byAge(List<Postback> postbacks) {
    return postbacks.stream().sorted(Comparator.comparing(Postback::postbackId)).toList();
  }

  private static List<String> lower(List<String> words) {
    return words.stream().map(Oracle::lower).toList();
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
