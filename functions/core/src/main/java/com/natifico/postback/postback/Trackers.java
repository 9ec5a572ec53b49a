package com.natifico.postback.postback;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.Tracker.Placeholder;
import com.natifico.postback.postback.Tracker.Source;
import com.natifico.postback.postback.Tracker.Templates;
import java.time.LocalDate;
import java.util.List;

/**
 * The ready-made postbacks, according to the page that each entry names.
 *
 * <p>{@code {conversion_id}} is the tracker's transaction id: Voluum drops a repeated click id
 * without a new one, and Keitaro ignores a pair of click id and transaction id that it has already
 * seen. A postback that was saved keeps its text when a template changes here.
 */
public final class Trackers {
  private static final Placeholder DOMAIN =
      new Placeholder("DOMAIN", "The tracking domain of your account.", "track.example.com");

  /** For a tracker without a parameter for the status, which counts every callback. */
  private static final List<ConversionStatus> APPROVED = List.of(ConversionStatus.APPROVED);

  private static final List<ConversionStatus> EVERY = List.of(ConversionStatus.values());

  private static final List<Tracker> ALL =
      List.of(
          new Tracker(
              "voluum",
              "Voluum",
              Templates.get(
                  "https://DOMAIN/postback?cid={ref_id}&payout={sum}&txid={conversion_id}&currency={currency}",
                  "{clickid}"),
              List.of(DOMAIN),
              APPROVED,
              "Create the network under Affiliate networks and let its click id"
                  + " parameter be ref_id. Without a txid of its own Voluum drops a second"
                  + " conversion of one click. Voluum has no parameter for the status: every"
                  + " callback is a conversion.",
              new Source(
                  "https://doc.voluum.com/article/parameters-in-postback-urls",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "binom",
              "Binom v1",
              Templates.get(
                  "https://DOMAIN/click.php?cnv_id={ref_id}&payout={sum}&cnv_status={status_text}&cnv_currency={currency}",
                  "{clickid}"),
              List.of(DOMAIN),
              EVERY,
              "Under the network's conversion statuses, name approved, pending,"
                  + " declined and hold, and let a new status replace the old one. Tick Auto"
                  + " at the offer's payout.",
              new Source("https://docs.binom.org/postback-url.php", LocalDate.parse("2026-11-26"))),
          new Tracker(
              "binom-v2",
              "Binom v2",
              Templates.get(
                  "https://DOMAIN/click?cnv_id={ref_id}&payout={sum}&cnv_status={status_text}&cnv_currency={currency}",
                  "{clickid}"),
              List.of(DOMAIN),
              EVERY,
              "Binom v2 has no .php in its addresses. Under the network's conversion"
                  + " statuses, name approved, pending, declined and hold, and let a new"
                  + " status replace the old one. Tick Auto at the offer's payout, otherwise"
                  + " Binom ignores the pushed one.",
              new Source(
                  "https://docs.binom.org/update-click-v2.php", LocalDate.parse("2026-11-26"))),
          new Tracker(
              "keitaro",
              "Keitaro",
              Templates.get(
                  "https://DOMAIN/KEY/postback?subid={ref_id}&payout={sum}&status={status_text|map:approved=sale,pending=lead,hold=lead,declined=rejected}&tid={conversion_id}&currency={currency}",
                  "{subid}"),
              List.of(
                  DOMAIN,
                  new Placeholder(
                      "KEY",
                      "The postback key, as the postback URL under Maintenance shows it.",
                      "8b5d1fa")),
              EVERY,
              "Keitaro calls the click id subid. A postback without a status is a sale"
                  + " there. The status can change from lead to sale, and from lead, sale or"
                  + " rebill to rejected, and not back. Repeated sales of one click are"
                  + " counted only if the offer allows rebills; each needs a tid of its own,"
                  + " which the conversion's id is.",
              new Source(
                  "https://docs.keitaro.io/en/conversions-and-postback/postback.html",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "redtrack",
              "RedTrack",
              Templates.get(
                  "https://DOMAIN/postback?clickid={ref_id}&sum={sum}&type={goal}&rdtk_event_id={conversion_id}",
                  "{clickid}"),
              List.of(DOMAIN),
              APPROVED,
              "The type must be one of the conversion types of your account, in the"
                  + " same spelling as the offer's goals. Choose the duplicate postback mode"
                  + " by event id, so that a repeat is recognised by rdtk_event_id.",
              new Source(
                  "https://help.redtrack.io/knowledgebase/kb/tracker-setup-for-advertisers/brands/duplicate-postback-settings-in-brands/",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "bemob",
              "BeMob",
              Templates.get(
                  "https://DOMAIN/postback?cid={ref_id}&payout={sum}&txid={conversion_id}&status={status_text}",
                  "{clickid}"),
              List.of(
                  new Placeholder(
                      "DOMAIN",
                      "The domain of the postback URL in your BeMob account.",
                      "track.example.com")),
              EVERY,
              "Mark Use conversion statuses in the affiliate network and enter"
                  + " approved, pending, declined and hold there; without it BeMob counts"
                  + " every callback.",
              new Source(
                  "https://help.bemob.com/docs/using-postback-statuses",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "funnelflux-pro",
              "FunnelFlux Pro",
              Templates.get(
                  "https://DOMAIN/pb/?hit={ref_id}&tx={conversion_id}&rev={sum}&status={status_text|map:declined=rejected,hold=pending}",
                  "{hit}"),
              List.of(DOMAIN),
              EVERY,
              "FunnelFlux calls the click id hit; a tx of its own keeps conversions of"
                  + " one hit apart. Declined is called rejected there.",
              new Source(
                  "https://help.funnelflux.pro/en/article/tracking-conversions-1vtfnp5/",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "peerclick",
              "PeerClick",
              Templates.get(
                  "https://pstb.peerclick.com/postback?userid=USERID&cid={ref_id}&payout={sum}&status={status_text}&txid={conversion_id}&currency={currency}",
                  "{clickid}"),
              List.of(
                  new Placeholder(
                      "USERID", "Your user id, as PeerClick's postback URL shows it.", "10442")),
              EVERY,
              "The userid identifies your account; copy it from the postback URL in"
                  + " PeerClick.",
              new Source(
                  "https://help-center.peerclick.com/en/articles/10512589",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "adsbridge",
              "AdsBridge",
              Templates.get(
                  "https://DOMAIN/trackpixel/track?tid={ref_id}&amt={sum}&txid={conversion_id}",
                  "{clickid}"),
              List.of(DOMAIN),
              APPROVED,
              "AdsBridge's tid is the click id. The txid keeps the conversions of one"
                  + " click apart; write {goal} in place of {conversion_id} to count each"
                  + " goal of a click once.",
              new Source(
                  "https://www.adsbridge.com/how-to-track-registrations-and-deposits-in-adsbridge-using-the-txid-parameter/",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "clickflare",
              "ClickFlare",
              Templates.get(
                  "https://DOMAIN/cf/cv?click_id={ref_id}&payout={sum}&txid={conversion_id}",
                  "{cf_click_id}"),
              List.of(DOMAIN),
              APPROVED,
              "In the link the click id is {cf_click_id}, in the postback click_id."
                  + " ClickFlare has no parameter for the status: every callback is a"
                  + " conversion.",
              new Source(
                  "https://help.clickflare.io/en/tracking/click-flare-parameters-in-postback-urls",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "clickmagick",
              "ClickMagick",
              Templates.get(
                  "https://www.clkmg.com/api/s/post/?uid=UID&s1={ref_id}&ref={conversion_id}&amt={sum}",
                  "[clickid]"),
              List.of(new Placeholder("UID", "Your ClickMagick user id.", "48213")),
              APPROVED,
              "In the link the click id is in square brackets. The address with /s/"
                  + " records sales; /a/ records actions.",
              new Source(
                  "https://www.clickmagick.com/kb/kb.cgi?answer=793",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "cpv-lab",
              "CPV Lab Pro",
              Templates.get("https://DOMAIN/adclick?subid={ref_id}&revenue={sum}", "{!subid!}"),
              List.of(DOMAIN),
              APPROVED,
              "CPV Lab calls the click id subid; in the link it is written with"
                  + " exclamation marks. Older versions need adclick.php in the address. A"
                  + " repeat replaces the revenue of the click.",
              new Source(
                  "https://doc.cpvlab.pro/add-revenue-from-conversion-pixel.html",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "prosper202",
              "Prosper202",
              Templates.get(
                  "https://DOMAIN/tracking202/static/gpb.php?amount={sum}&subid={ref_id}&txid={conversion_id}&t202txid={conversion_id}",
                  "[[subid]]"),
              List.of(DOMAIN),
              APPROVED,
              "In the link the click id is in two square brackets. Versions differ in"
                  + " the name of the transaction id, so both names are sent; with it a"
                  + " repeat is recorded once.",
              new Source(
                  "https://github.com/tracking202/prosper202", LocalDate.parse("2026-11-26"))),
          new Tracker(
              "anytrack",
              "AnyTrack",
              Templates.get(
                  "https://DOMAIN?click_id={ref_id}&value={sum}&transactionId={conversion_id}",
                  "--CLICK-ID--"),
              List.of(
                  new Placeholder(
                      "DOMAIN",
                      "The endpoint of your AnyTrack integration, without https:// and without the"
                          + " part after its question mark.",
                      "t1.anytrack.io/9x2/collect/natifico")),
              APPROVED,
              "Add a custom integration first; AnyTrack then shows the endpoint."
                  + " AutoTag replaces --CLICK-ID-- in the links of your site. A value of 0"
                  + " is a lead, a higher one a purchase.",
              new Source(
                  "https://readme.anytrack.io/docs/custom-integration-parameters",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "affise",
              "Affise",
              Templates.get(
                  "https://offers-INSTANCE.affise.com/postback?clickid={ref_id}&action_id={conversion_id}&sum={sum}&status={status}",
                  "{clickid}"),
              List.of(
                  new Placeholder("INSTANCE", "The name of your Affise instance.", "mynetwork")),
              EVERY,
              "For networks on Affise: the status codes 1, 2, 3 and 5 are the same"
                  + " there. Add &secure= with the hash if the offer or the advertiser has"
                  + " one.",
              new Source(
                  "https://help-center.affise.com/en/articles/6475468-affise-postback-url-parameters",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "tune",
              "TUNE",
              Templates.get(
                  "https://NETWORK.go2cloud.org/aff_lsr?offer_id=OFFER&transaction_id={ref_id}",
                  "{transaction_id}"),
              List.of(
                  new Placeholder("NETWORK", "The name of your TUNE network.", "mynetwork"),
                  new Placeholder("OFFER", "The offer's id in your TUNE network.", "218")),
              APPROVED,
              "At TUNE transaction_id is the click id. The payout is the one that is"
                  + " set there. TUNE answers 200 for an unknown click too, with"
                  + " success=false in the answer.",
              new Source(
                  "https://support.tune.com/hc/en-us/articles/4413247665431-Receiving-Conversions-via-Postback-URL",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "cake",
              "CAKE",
              Templates.get(
                  "https://DOMAIN/p.ashx?o=OFFER&e=EVENT&f=pb&r={ref_id}&t={conversion_id}&p={sum}",
                  "#reqid#"),
              List.of(
                  DOMAIN,
                  new Placeholder("OFFER", "The offer's id in your CAKE account.", "218"),
                  new Placeholder(
                      "EVENT",
                      "The event's id in your CAKE account, as the postback URL shows it.",
                      "1")),
              APPROVED,
              "CAKE calls the click id request id (r); t is the conversion's id and p"
                  + " replaces the price that is set in CAKE.",
              new Source(
                  "https://support.getcake.com/support/solutions/articles/5000546124-conversion-pixel-variables",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "everflow",
              "Everflow",
              Templates.get(
                  "https://DOMAIN/?nid=NID&transaction_id={ref_id}&amount={sum}",
                  "{transaction_id}"),
              List.of(DOMAIN, new Placeholder("NID", "Your Everflow network id.", "1337")),
              APPROVED,
              "At Everflow transaction_id is the click id. The network id is under"
                  + " Control Center, Platform Configurations.",
              new Source(
                  "https://helpdesk.everflow.io/customer/accessing-editing-s2s-postback-urls",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "trackdesk",
              "Trackdesk",
              Templates.get(
                  "https://TENANT.trackdesk.com/tracking/conversion/v1?conversionTypeCode=sale&cid={ref_id}&amount.value={sum}&externalId={conversion_id}",
                  "{cid}"),
              List.of(new Placeholder("TENANT", "The name of your Trackdesk account.", "mytenant")),
              APPROVED,
              "conversionTypeCode must be a conversion type of your account; sale is"
                  + " the usual one.",
              new Source(
                  "https://help.trackdesk.com/en/articles/9557028-advertiser-postback",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "adsterra",
              "Adsterra",
              Templates.get(
                  "https://www.pbterra.com/name/ADVERTISER/at?subid_short={ref_id}&atpay={sum}",
                  "##SUB_ID_SHORT(action)##"),
              List.of(
                  new Placeholder(
                      "ADVERTISER",
                      "Your advertiser name, as Adsterra's tracking page shows it.",
                      "myname")),
              APPROVED,
              "Copy the link half unchanged: Adsterra inserts its click id before a"
                  + " visitor follows the link. The payout (atpay) must be in USD.",
              new Source(
                  "http://help-advertisers.adsterra.com/en/articles/4575914-how-do-i-setup-postback",
                  LocalDate.parse("2026-11-26"))));

  private static final List<Tracker> NOTIFICATIONS =
      List.of(
          new Tracker(
              "telegram",
              "Telegram",
              Templates.message(
                  "https://api.telegram.org/botTOKEN/sendMessage?chat_id=CHAT&text=MESSAGE", null),
              List.of(
                  new Placeholder(
                      "TOKEN",
                      "The token of your bot, as @BotFather shows it.",
                      "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
                  new Placeholder(
                      "CHAT", "The id of the chat that the bot is a member of.", "-1001234567890")),
              EVERY,
              "Everybody who can see this postback can read the token. Telegram takes"
                  + " about 20 messages a minute in a group.",
              new Source(
                  "https://core.telegram.org/bots/api#sendmessage", LocalDate.parse("2026-11-26"))),
          new Tracker(
              "slack",
              "Slack",
              Templates.message("https://hooks.slack.com/services/PATH", "{\"text\": \"MESSAGE\"}"),
              List.of(
                  new Placeholder(
                      "PATH",
                      "The part of the incoming webhook's URL after services/.",
                      "T0/B0/x7Qp")),
              EVERY,
              "Create an incoming webhook in Slack. Everybody who can see this"
                  + " postback can read its URL. Slack takes about one message a second.",
              new Source(
                  "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "discord",
              "Discord",
              Templates.message(
                  "https://discord.com/api/webhooks/PATH", "{\"content\": \"MESSAGE\"}"),
              List.of(
                  new Placeholder(
                      "PATH",
                      "The part of the webhook's URL after webhooks/: its id, a slash and its"
                          + " token.",
                      "1187/x7Qp")),
              EVERY,
              "Create a webhook under the channel's integrations. Everybody who can"
                  + " see this postback can read its URL.",
              new Source(
                  "https://discord.com/developers/docs/resources/webhook#execute-webhook",
                  LocalDate.parse("2026-11-26"))),
          new Tracker(
              "teams",
              "Microsoft Teams",
              Templates.message(
                  "https://ADDRESS",
                  "{\"type\": \"message\", \"attachments\": [{\"contentType\":"
                      + " \"application/vnd.microsoft.card.adaptive\", \"content\": {\"type\":"
                      + " \"AdaptiveCard\", \"version\": \"1.2\", \"body\": [{\"type\":"
                      + " \"TextBlock\", \"text\": \"MESSAGE\", \"wrap\": true}]}}]}"),
              List.of(
                  new Placeholder(
                      "ADDRESS",
                      "The URL of the workflow that posts to the channel, without https://.",
                      "prod-00.westeurope.logic.azure.com/workflows/x7Qp/triggers/manual/paths/invoke?sig=a")),
              EVERY,
              "Create the workflow Post to a channel when a webhook request is"
                  + " received. Everybody who can see this postback can read its URL.",
              new Source(
                  "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
                  LocalDate.parse("2026-11-26"))));

  private Trackers() {}

  /** Every tracker, the most used first. */
  public static List<Tracker> all() {
    return ALL;
  }

  /** The messengers that can show a conversion to people. */
  public static List<Tracker> notifications() {
    return NOTIFICATIONS;
  }
}
