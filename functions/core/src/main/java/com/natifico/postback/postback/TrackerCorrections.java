package com.natifico.postback.postback;

import com.natifico.postback.postback.Corrections.Effect;
import java.util.HashMap;
import java.util.Map;

/**
 * What the trackers of the catalogue do with corrections, if their templates are used. The pages
 * and the open source were read in November 2026.
 */
public final class TrackerCorrections {
  private static final Map<String, Corrections> BY_TRACKER = byTracker();

  private TrackerCorrections() {}

  private static Map<String, Corrections> byTracker() {
    Map<String, Corrections> all = new HashMap<>();
    all.put(
        "voluum",
        new Corrections(
            Effect.IGNORES,
            "A click id with the same txid is counted once, so a correction changes nothing. With a"
                + " txid of its own, such as {conversion_id}-{revision}, it is one more"
                + " conversion.",
            "https://doc.voluum.com/article/upselling-tracking-subsequent-conversions"));
    Corrections binom =
        new Corrections(
            Effect.SETTING,
            "A further callback for a click replaces its payout. If Upsell is ticked at the offer,"
                + " the payout is added: then send {sum_delta} in place of {sum}.",
            "https://docs.binom.org/create-offer-v2.php");
    all.put("binom", binom);
    all.put("binom-v2", binom);
    all.put(
        "keitaro",
        new Corrections(
            Effect.UPDATES,
            "It updates the status: lead to sale, and lead, sale or rebill to rejected. A corrected"
                + " amount of a sale is ignored. If the offer allows upsells, a sale with a tid of"
                + " its own is added.",
            "https://docs.keitaro.io/en/conversions-and-postback/postback.html and"
                + " https://docs.keitaro.dev/en/landing-pages-and-offers/creating-offer.html"));
    all.put(
        "redtrack",
        new Corrections(
            Effect.SETTING,
            "The duplicate postback mode decides: Edit conversion with new data updates it, Keep"
                + " original data, increment payout adds the payout, Create new conversion adds a"
                + " conversion, and Ignore duplicate postbacks ignores it, by event id as well.",
            "https://help.redtrack.io/knowledgebase/kb/tracker-setup-for-advertisers/brands/duplicate-postback-settings-in-brands/"));
    all.put(
        "peerclick",
        new Corrections(
            Effect.UPDATES,
            "Callbacks for one click overwrite each other, and the last one is shown. A txid of its"
                + " own makes a callback one more conversion.",
            "https://help-center.peerclick.com/en/articles/10225260-conversion-statuses-settings"));
    all.put(
        "clickmagick",
        new Corrections(
            Effect.ADDS,
            "A refund is a callback with a negative amount and the same ref. Send {sum_delta} in"
                + " place of {sum}, in a postback for corrections of its own.",
            "https://www.clickmagick.com/kb/kb.cgi?answer=718"));
    all.put(
        "cpv-lab",
        new Corrections(
            Effect.UPDATES,
            "The last revenue of a click replaces the one before. With cladd=true in the URL it is"
                + " added: then send {sum_delta} in place of {sum}.",
            "https://doc.cpvlab.pro/add-revenue-from-conversion-pixel.html"));
    all.put(
        "prosper202",
        new Corrections(
            Effect.UPDATES,
            "The last amount replaces the payout of the click. Versions without transaction ids add"
                + " each callback to the log of conversions.",
            "https://github.com/tracking202/prosper202/blob/master/tracking202/static/gpb.php"));
    all.put(
        "anytrack",
        new Corrections(
            Effect.IGNORES,
            "A conversion of the same type with the same transactionId is discarded.",
            "https://docs.anytrack.io/docs/conversion-logic"));
    all.put(
        "affise",
        new Corrections(
            Effect.UPDATES,
            "It updates the status of a conversion that is pending. That it changes the amount is"
                + " not documented.",
            "https://help-center.affise.com/en/articles/6515326-edit-a-conversion and"
                + " https://help-center.affise.com/en/articles/4111041-how-to-change-conversion-status"));
    all.put(
        "tune",
        new Corrections(
            Effect.IGNORES,
            "A second conversion of a transaction id is rejected as a duplicate. If conversions are"
                + " limited by unique id, only conversion_unique_id decides.",
            "https://support.tune.com/hc/en-us/articles/1500008248141-Limiting-Conversion-by-Unique-ID"));
    all.put(
        "cake",
        new Corrections(
            Effect.SETTING,
            "If the event allows duplicates, it is one more conversion, unless the offer drops"
                + " repeats of a transaction id.",
            "https://support.getcake.com/support/solutions/articles/5000546284-transaction-id"));
    all.put(
        "everflow",
        new Corrections(
            Effect.SETTING,
            "It is refused as a duplicate, or is one more conversion if the offer allows duplicate"
                + " conversions. Everflow takes reversals at an address of its own.",
            "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide"));
    all.put(
        "trackdesk",
        new Corrections(
            Effect.IGNORES,
            "A second callback with the same externalId fails, and is in the conversion error log.",
            "https://help.trackdesk.com/en/articles/10290309-deduplication-of-conversions"));
    for (Tracker messenger : Trackers.notifications()) {
      all.put(
          messenger.id(),
          new Corrections(
              Effect.ADDS, "Each callback is one more message.", messenger.source().page()));
    }
    return Map.copyOf(all);
  }

  /** Of a tracker of the catalogue. */
  public static Corrections of(String trackerId) {
    return BY_TRACKER.getOrDefault(trackerId, Corrections.UNDOCUMENTED);
  }
}
