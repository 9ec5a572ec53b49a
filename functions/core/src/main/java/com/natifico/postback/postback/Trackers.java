package com.natifico.postback.postback;

import com.natifico.postback.postback.Tracker.Placeholder;
import java.util.List;

/**
 * The ready-made postbacks, according to the trackers' own help pages (November 2026).
 *
 * <p>{@code {conversion_id}} is the tracker's transaction id: Voluum drops a repeated click id
 * without a new one, and Keitaro ignores a pair of click id and transaction id that it has already
 * seen.
 */
public final class Trackers {
  private static final Placeholder DOMAIN =
      new Placeholder("DOMAIN", "The tracking domain of your account.", "track.example.com");

  private static final List<Tracker> ALL =
      List.of(
          new Tracker(
              "voluum",
              "Voluum",
              "https://DOMAIN/postback?cid={ref_id}&payout={sum}&txid={conversion_id}&currency={currency}",
              "{clickid}",
              List.of(DOMAIN),
              "Create the network under Affiliate networks and let its click id parameter be ref_id."
                  + " Without a txid of its own Voluum drops a second conversion of one click."),
          new Tracker(
              "binom",
              "Binom",
              "https://DOMAIN/click.php?cnv_id={ref_id}&payout={sum}&cnv_status={status_text}&cnv_currency={currency}",
              "{clickid}",
              List.of(DOMAIN),
              "Under the network's conversion statuses, name approved, pending, declined and hold,"
                  + " and let a new status replace the old one."),
          new Tracker(
              "keitaro",
              "Keitaro",
              "https://DOMAIN/KEY/postback?subid={ref_id}&payout={sum}&status={status_text|map:approved=sale,pending=lead,hold=lead,declined=rejected}&tid={conversion_id}&currency={currency}",
              "{subid}",
              List.of(
                  DOMAIN,
                  new Placeholder(
                      "KEY",
                      "The postback key, as the postback URL under Affiliate networks shows it.",
                      "8b5d1fa")),
              "Keitaro calls the click id subid. It knows the statuses lead, sale and rejected; let"
                  + " the postback fire for pending, hold and declined too if you want them there."),
          new Tracker(
              "redtrack",
              "RedTrack",
              "https://DOMAIN/postback?clickid={ref_id}&sum={sum}&type={goal}",
              "{clickid}",
              List.of(DOMAIN),
              "The type must be one of the conversion types of your account, named like the offer's"
                  + " goals."),
          new Tracker(
              "bemob",
              "BeMob",
              "https://DOMAIN/postback?cid={ref_id}&payout={sum}&txid={conversion_id}&status={status_text}",
              "{clickid}",
              List.of(DOMAIN),
              "The domain is the one of the postback URL in your BeMob account."),
          new Tracker(
              "funnelflux-pro",
              "FunnelFlux Pro",
              "https://DOMAIN/pb/?hit={ref_id}&tx={conversion_id}&rev={sum}",
              "{hit}",
              List.of(DOMAIN),
              "FunnelFlux calls the click id hit; a tx of its own keeps conversions of one hit"
                  + " apart."),
          new Tracker(
              "peerclick",
              "PeerClick",
              "https://pstb.peerclick.com/postback?userid=USERID&cid={ref_id}&payout={sum}&status={status_text}&txid={conversion_id}",
              "{clickid}",
              List.of(
                  new Placeholder(
                      "USERID", "Your user id, as PeerClick's postback URL shows it.", "10442")),
              "The userid identifies your account; copy it from the postback URL in PeerClick."),
          new Tracker(
              "adsbridge",
              "AdsBridge",
              "https://DOMAIN/trackpixel/track?tid={ref_id}&amt={sum}&txid={conversion_id}",
              "{clickid}",
              List.of(DOMAIN),
              "AdsBridge's tid is the click id; the network's conversion id goes to txid."),
          new Tracker(
              "clickflare",
              "ClickFlare",
              "https://DOMAIN/cf/cv?click_id={ref_id}&payout={sum}&txid={conversion_id}",
              "{cf_click_id}",
              List.of(DOMAIN),
              "In the link the click id is {cf_click_id}, in the postback click_id."),
          new Tracker(
              "clickmagick",
              "ClickMagick",
              "https://www.clkmg.com/api/s/post/?uid=UID&s1={ref_id}&ref={conversion_id}&amt={sum}",
              "[clickid]",
              List.of(new Placeholder("UID", "Your ClickMagick user id.", "48213")),
              "In the link the click id is in square brackets."),
          new Tracker(
              "cpv-lab",
              "CPV Lab",
              "https://DOMAIN/adclick.php?subid={ref_id}&revenue={sum}",
              "{!subid!}",
              List.of(DOMAIN),
              "CPV Lab calls the click id subid; in the link it is written with exclamation marks."),
          new Tracker(
              "prosper202",
              "Prosper202",
              "https://DOMAIN/tracking202/static/gpb.php?amount={sum}&subid={ref_id}&t202txid={conversion_id}",
              "[[subid]]",
              List.of(DOMAIN),
              "In the link the click id is in two square brackets."),
          new Tracker(
              "anytrack",
              "AnyTrack",
              "https://DOMAIN?click_id={ref_id}&value={sum}&transactionId={conversion_id}",
              "{click_id}",
              List.of(
                  new Placeholder(
                      "DOMAIN",
                      "The postback address of your AnyTrack property, without https:// and without"
                          + " the part after its question mark.",
                      "t1.anytrack.example/pb/q4h2")),
              "Add Natifico as an integration first; AnyTrack then shows the postback address."),
          new Tracker(
              "affise",
              "Affise",
              "https://offers-INSTANCE.affise.com/postback?clickid={ref_id}&action_id={conversion_id}&sum={sum}&status={status}",
              "{clickid}",
              List.of(
                  new Placeholder("INSTANCE", "The name of your Affise instance.", "mynetwork")),
              "For networks on Affise: the status codes 1, 2, 3 and 5 are the same there."),
          new Tracker(
              "tune",
              "TUNE",
              "https://NETWORK.go2cloud.org/aff_lsr?offer_id=OFFER&transaction_id={ref_id}",
              "{transaction_id}",
              List.of(
                  new Placeholder("NETWORK", "The name of your TUNE network.", "mynetwork"),
                  new Placeholder("OFFER", "The offer's id in your TUNE network.", "218")),
              "At TUNE transaction_id is the click id. The payout is the one that is set there; let"
                  + " the postback fire for approved conversions only."),
          new Tracker(
              "everflow",
              "Everflow",
              "https://DOMAIN/?nid=NID&transaction_id={ref_id}&amount={sum}",
              "{transaction_id}",
              List.of(DOMAIN, new Placeholder("NID", "Your Everflow network id.", "1337")),
              "At Everflow transaction_id is the click id."),
          new Tracker(
              "trackdesk",
              "Trackdesk",
              "https://TENANT.trackdesk.com/tracking/conversion/v1?conversionTypeCode=sale&cid={ref_id}&amount.value={sum}&externalId={conversion_id}",
              "{cid}",
              List.of(new Placeholder("TENANT", "The name of your Trackdesk account.", "mytenant")),
              "conversionTypeCode must be a conversion type of your account; sale is the usual one."),
          new Tracker(
              "adsterra",
              "Adsterra",
              "https://www.pbterra.com/name/ADVERTISER/at?subid_short={ref_id}&atpay={sum}",
              "##SUB_ID_SHORT(action)##",
              List.of(
                  new Placeholder(
                      "ADVERTISER",
                      "Your advertiser name, as Adsterra's tracking page shows it.",
                      "myname")),
              "Copy the link half unchanged: Adsterra inserts its click id before a visitor follows"
                  + " the link."));

  private Trackers() {}

  /** Every tracker, the most used first. */
  public static List<Tracker> all() {
    return ALL;
  }
}
