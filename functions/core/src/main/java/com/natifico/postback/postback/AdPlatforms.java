package com.natifico.postback.postback;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.postback.AdPlatform.Demand;
import com.natifico.postback.postback.AdPlatform.Hash;
import com.natifico.postback.postback.TestMode.Member;
import com.natifico.postback.postback.Tracker.Placeholder;
import com.natifico.postback.postback.Tracker.Secret;
import com.natifico.postback.postback.Tracker.Source;
import com.natifico.postback.postback.Tracker.Templates;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ad platforms that take conversions from servers, according to the page that each entry names.
 * Of a platform whose reference is not public, the hint says what the entry follows.
 *
 * <p>Google is not among them: its Data Manager API takes OAuth access tokens only, which are valid
 * for an hour, and a secret of a postback is a value that its owner writes.
 */
public final class AdPlatforms {
  private static final LocalDate READ = LocalDate.parse("2026-11-27");

  private static final AdPlatform META =
      new AdPlatform(
          new Tracker(
              "meta",
              "Meta Conversions API",
              new Templates(
                  "https://graph.facebook.com/v25.0/PIXEL/events?access_token={secret.token}",
                  "{\"data\": [{\"event_name\": \"Purchase\", \"event_time\": {timestamp}, \"event_id\":"
                      + " \"{conversion_id}\", \"action_source\": \"website\", \"event_source_url\":"
                      + " {event_source_url}, \"user_data\": {\"em\": [{email_sha256}], \"ph\":"
                      + " [{phone_sha256}], \"fbc\": {fbc}, \"fbp\": {fbp}, \"client_ip_address\": {ip},"
                      + " \"client_user_agent\": {uagent}}, \"custom_data\": {\"currency\": {currency},"
                      + " \"value\": {sum}, \"order_id\": \"{conversion_id}\"}}]}",
                  "",
                  Map.of(),
                  List.of(
                      new Secret(
                          "token",
                          "The access token of the dataset, as Events Manager generates it.",
                          Secret.Need.CALLBACKS),
                      new Secret(
                          "test_event_code",
                          "The code that the tab Test events of Events Manager shows.",
                          Secret.Need.TEST_CONVERSIONS))),
              List.of(new Placeholder("PIXEL", "The id of the dataset (pixel).", "1234567890")),
              List.of(ConversionStatus.APPROVED),
              "The person must have agreed to it. Name the event as your campaign optimizes"
                  + " it, such as Lead in place of Purchase. fbc and fbp are the cookies _fbc and"
                  + " _fbp of the landing page. Events are taken up to seven days after they"
                  + " occurred. A value that a conversion lacks is sent as null.",
              new Source(
                  "https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event/",
                  READ)),
          Duration.ofDays(7),
          List.of(
              Demand.of(List.of("/data/0/event_name"), ""),
              Demand.of(List.of("/data/0/event_time"), ""),
              Demand.of(List.of("/data/0/action_source"), ""),
              Demand.of(List.of("/data/0/event_source_url"), "event_source_url"),
              Demand.of(List.of("/data/0/user_data/client_user_agent"), "uagent"),
              Demand.of(
                  List.of(
                      "/data/0/user_data/em/0",
                      "/data/0/user_data/ph/0",
                      "/data/0/user_data/fbc",
                      "/data/0/user_data/fbp"),
                  "email_sha256 phone_sha256 fbc fbp"),
              Demand.of(List.of("/data/0/custom_data/currency"), "currency"),
              Demand.of(List.of("/data/0/custom_data/value"), "sum")),
          List.of(
              Hash.of("/data/0/user_data/em/0", "email_sha256"),
              Hash.of("/data/0/user_data/ph/0", "phone_sha256")),
          Member.code(null, "test_event_code"));

  private static final AdPlatform TIKTOK =
      new AdPlatform(
          new Tracker(
              "tiktok",
              "TikTok Events API",
              new Templates(
                  "https://business-api.tiktok.com/open_api/v1.3/event/track/",
                  "{\"event_source\": \"web\", \"event_source_id\": \"PIXEL\", \"data\": [{\"event\":"
                      + " \"Purchase\", \"event_time\": {timestamp}, \"event_id\": \"{conversion_id}\", \"user\":"
                      + " {\"ttclid\": {ttclid}, \"email\": {email_sha256}, \"phone\": {phone_sha256}, \"ip\":"
                      + " {ip}, \"user_agent\": {uagent}}, \"page\": {\"url\": {event_source_url}},"
                      + " \"properties\": {\"currency\": {currency}, \"value\": {sum}}}]}",
                  "",
                  Map.of("Access-Token", "{secret.token}"),
                  List.of(
                      new Secret(
                          "token",
                          "The access token, as Events Manager generates it in the settings of the pixel.",
                          Secret.Need.CALLBACKS),
                      new Secret(
                          "test_event_code",
                          "The code that the tab Test Events of Events Manager shows.",
                          Secret.Need.TEST_CONVERSIONS))),
              List.of(new Placeholder("PIXEL", "The code of the pixel.", "C4A1B2C3D4E5F6")),
              List.of(ConversionStatus.APPROVED),
              "The person must have agreed to it. Name the event as your campaign optimizes"
                  + " it. TikTok publishes no reference without an account: the entry follows the"
                  + " setup guides of its partners, and no limit of age was found. A value that a"
                  + " conversion lacks is sent as null.",
              new Source(
                  "https://docs.tealium.com/server-side-connectors/tiktok-events-connector/",
                  READ)),
          null,
          List.of(
              Demand.of(List.of("/event_source"), ""),
              Demand.of(List.of("/event_source_id"), ""),
              Demand.of(List.of("/data/0/event"), ""),
              Demand.of(List.of("/data/0/event_time"), ""),
              Demand.of(
                  List.of(
                      "/data/0/user/ttclid",
                      "/data/0/user/email",
                      "/data/0/user/phone",
                      "/data/0/user/ip /data/0/user/user_agent"),
                  "ttclid email_sha256 phone_sha256 ip uagent")),
          List.of(
              Hash.of("/data/0/user/email", "email_sha256"),
              Hash.of("/data/0/user/phone", "phone_sha256")),
          Member.code(null, "test_event_code"));

  private static final AdPlatform SNAP =
      new AdPlatform(
          new Tracker(
              "snap",
              "Snap Conversions API",
              new Templates(
                  "https://tr.snapchat.com/v3/PIXEL/events?access_token={secret.token}",
                  "{\"data\": [{\"event_name\": \"PURCHASE\", \"event_time\": {timestamp}, \"event_id\":"
                      + " \"{conversion_id}\", \"action_source\": \"WEB\", \"event_source_url\":"
                      + " {event_source_url}, \"user_data\": {\"em\": [{email_sha256}], \"ph\":"
                      + " [{phone_sha256}], \"sc_click_id\": {sccid}, \"client_ip_address\": {ip},"
                      + " \"client_user_agent\": {uagent}}, \"custom_data\": {\"currency\": {currency},"
                      + " \"value\": \"{sum}\"}}]}",
                  "",
                  Map.of(),
                  List.of(
                      new Secret(
                          "token",
                          "The long-lived token of the Conversions API, as Ads Manager generates it.",
                          Secret.Need.CALLBACKS))),
              List.of(
                  new Placeholder(
                      "PIXEL", "The id of the pixel.", "a1b2c3d4-0000-4a5b-9c6d-7e8f90a1b2c3")),
              List.of(ConversionStatus.APPROVED),
              "The person must have agreed to it. Send events within an hour if you can: Snap"
                  + " takes them up to 37 days after they occurred. Test conversions go to the"
                  + " address that only validates. A value that a conversion lacks is sent as null.",
              new Source(
                  "https://developers.snap.com/api/marketing-api/Conversions-API/UsingTheAPI",
                  READ)),
          Duration.ofDays(37),
          List.of(
              Demand.of(List.of("/data/0/event_name"), ""),
              Demand.of(List.of("/data/0/event_time"), ""),
              Demand.of(List.of("/data/0/action_source"), ""),
              Demand.of(List.of("/data/0/event_source_url"), "event_source_url"),
              Demand.of(
                  List.of(
                      "/data/0/user_data/em/0",
                      "/data/0/user_data/ph/0",
                      "/data/0/user_data/client_ip_address /data/0/user_data/client_user_agent"),
                  "email_sha256 phone_sha256 ip uagent")),
          List.of(
              Hash.of("/data/0/user_data/em/0", "email_sha256"),
              Hash.of("/data/0/user_data/ph/0", "phone_sha256")),
          new TestMode.Path("validate"));

  private static final AdPlatform PINTEREST =
      new AdPlatform(
          new Tracker(
              "pinterest",
              "Pinterest API for Conversions",
              new Templates(
                  "https://api.pinterest.com/v5/ad_accounts/ACCOUNT/events",
                  "{\"data\": [{\"event_name\": \"checkout\", \"action_source\": \"web\", \"event_time\":"
                      + " {timestamp}, \"event_id\": \"{conversion_id}\", \"event_source_url\":"
                      + " {event_source_url}, \"user_data\": {\"em\": [{email_sha256}], \"ph\":"
                      + " [{phone_sha256}], \"client_ip_address\": {ip}, \"client_user_agent\": {uagent},"
                      + " \"click_id\": {epik}}, \"custom_data\": {\"currency\": {currency}, \"value\":"
                      + " \"{sum}\", \"order_id\": \"{conversion_id}\"}}]}",
                  "",
                  Map.of("Authorization", "Bearer {secret.token}"),
                  List.of(
                      new Secret(
                          "token",
                          "The conversion access token, as Ads Manager generates it under Conversions.",
                          Secret.Need.CALLBACKS))),
              List.of(new Placeholder("ACCOUNT", "The id of the ad account.", "549755885175")),
              List.of(ConversionStatus.APPROVED),
              "The person must have agreed to it. Name the event as your campaign optimizes"
                  + " it, such as lead or signup. No limit of age is documented. A value that a"
                  + " conversion lacks is sent as null.",
              new Source("https://developers.pinterest.com/docs/conversions/event/", READ)),
          null,
          List.of(
              Demand.of(List.of("/data/0/event_name"), ""),
              Demand.of(List.of("/data/0/action_source"), ""),
              Demand.of(List.of("/data/0/event_time"), ""),
              Demand.of(List.of("/data/0/event_id"), ""),
              Demand.of(
                  List.of(
                      "/data/0/user_data/em/0",
                      "/data/0/user_data/hashed_maids/0",
                      "/data/0/user_data/client_ip_address /data/0/user_data/client_user_agent"),
                  "email_sha256 ip uagent")),
          List.of(
              Hash.of("/data/0/user_data/em/0", "email_sha256"),
              Hash.of("/data/0/user_data/ph/0", "phone_sha256")),
          new TestMode.Parameter("test"));

  private static final AdPlatform REDDIT =
      new AdPlatform(
          new Tracker(
              "reddit",
              "Reddit Conversions API",
              new Templates(
                  "https://ads-api.reddit.com/api/v3/pixels/PIXEL/conversion_events",
                  "{\"data\": {\"events\": [{\"event_at\": {timestamp|ms}, \"action_source\": \"WEBSITE\","
                      + " \"type\": {\"tracking_type\": \"PURCHASE\"}, \"click_id\": {rdt_cid},"
                      + " \"event_source_url\": {event_source_url}, \"user\": {\"email\": {email_sha256},"
                      + " \"phone_number\": {phone_sha256}, \"ip_address\": {ip}, \"user_agent\": {uagent}},"
                      + " \"metadata\": {\"conversion_id\": \"{conversion_id}\", \"currency\": {currency},"
                      + " \"value\": {sum}}}]}}",
                  "",
                  Map.of("Authorization", "Bearer {secret.token}"),
                  List.of(
                      new Secret(
                          "token",
                          "The conversion access token, as Events Manager generates it.",
                          Secret.Need.CALLBACKS),
                      new Secret(
                          "test_id",
                          "The id that the tab for test events of Events Manager shows.",
                          Secret.Need.TEST_CONVERSIONS))),
              List.of(new Placeholder("PIXEL", "The id of the pixel.", "a2_abcdef123456")),
              List.of(ConversionStatus.APPROVED),
              "The person must have agreed to it. Name the event as your campaign optimizes"
                  + " it, such as LEAD or SIGN_UP. Events are taken up to seven days after they"
                  + " occurred. Reddit's reference needs an account: the form follows public code"
                  + " that cites it. A value that a conversion lacks is sent as null.",
              new Source(
                  "https://ads-api.reddit.com/docs/v3/operations/Post%20Conversion%20Events",
                  READ)),
          Duration.ofDays(7),
          List.of(
              Demand.of(List.of("/data/events/0/event_at"), ""),
              Demand.of(List.of("/data/events/0/action_source"), ""),
              Demand.of(List.of("/data/events/0/type/tracking_type"), ""),
              Demand.of(
                  List.of(
                      "/data/events/0/click_id",
                      "/data/events/0/user/email",
                      "/data/events/0/user/phone_number",
                      "/data/events/0/user/ip_address"),
                  "rdt_cid email_sha256 phone_sha256 ip")),
          List.of(
              Hash.of("/data/events/0/user/email", "email_sha256"),
              Hash.of("/data/events/0/user/phone_number", "phone_sha256")),
          Member.code("data", "test_id"));

  private static final AdPlatform OPENAI =
      new AdPlatform(
          new Tracker(
              "openai",
              "OpenAI Ads",
              new Templates(
                  "https://bzr.openai.com/v1/events?pid=PIXEL",
                  "{\"events\": [{\"id\": \"{conversion_id}\", \"type\": \"order_created\", \"timestamp_ms\":"
                      + " {timestamp|ms}, \"oppref\": {oppref}, \"source_url\": {event_source_url},"
                      + " \"action_source\": \"web\", \"user\": {\"email_sha256\": {email_sha256},"
                      + " \"ip_address\": {ip}, \"user_agent\": {uagent}}, \"data\": {\"type\": \"contents\"}}]}",
                  "",
                  Map.of("Authorization", "Bearer {secret.token}"),
                  List.of(
                      new Secret(
                          "token",
                          "The Conversions API key, from the conversions tab of Ads Manager.",
                          Secret.Need.CALLBACKS))),
              List.of(new Placeholder("PIXEL", "The id of the pixel.", "2atj5meVpvtJ5kCt")),
              List.of(ConversionStatus.APPROVED),
              "The person must have agreed to it. Other types of events need another"
                  + " data.type, such as customer_action for lead_created. The form of an amount"
                  + " could not be verified, so the template sends none. Events are taken up to"
                  + " seven days after they occurred. A value that a conversion lacks is sent as"
                  + " null.",
              new Source("https://developers.openai.com/ads/conversions-api", READ)),
          Duration.ofDays(7),
          List.of(
              Demand.of(List.of("/events/0/id"), ""),
              Demand.of(List.of("/events/0/type"), ""),
              Demand.of(List.of("/events/0/timestamp_ms"), ""),
              Demand.of(List.of("/events/0/source_url"), "event_source_url"),
              Demand.of(List.of("/events/0/data/type"), "")),
          List.of(Hash.of("/events/0/user/email_sha256", "email_sha256")),
          Member.flag("validate_only"));

  private static final List<AdPlatform> ALL =
      List.of(META, TIKTOK, SNAP, PINTEREST, REDDIT, OPENAI);

  private AdPlatforms() {}

  /** Every ad platform of the catalogue. */
  public static List<AdPlatform> all() {
    return ALL;
  }

  /** Null if no ad platform of the catalogue has this id. */
  public static @Nullable AdPlatform find(String id) {
    for (AdPlatform each : ALL) {
      if (each.tracker().id().equals(id)) {
        return each;
      }
    }
    return null;
  }
}
