package com.natifico.postback.macro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The postback information: the catalogue of all macros. Expansion, validation, {@code GET
 * /v1/macros} and the documentation all use this table; a new macro is a new line.
 */
public final class Macros {
  /**
   * One macro per line. A name that ends in # and a number represents one macro for each number
   * from 1 to that; an alias without # belongs to the first one. The columns: name, kind, aliases,
   * format, example and description.
   */
  private static final String CATALOGUE =
      """
      ref_id | TEXT | clickid click_id aff_click_id pub_click_id externalid external_id | text | w8J3kUG5 | The affiliate's own click id, as the tracking link passed it in; not the network's click id.
      sum | DECIMAL | payout payout_amount amount commission reward profit | decimal, as pushed | 12.50 | The affiliate's payout.
      currency | CURRENCY | payout_currency | ISO 4217 | USD | The currency of the payout.
      status | IDENTITY | status_id | 1 approved, 2 pending, 3 declined, 5 hold | 1 | The conversion's status as a code.
      status_text | COMPUTED | status_name | approved, pending, declined, hold | approved | The conversion's status as a word.
      conversion_id | IDENTITY | conv_id leadid | text | c-81f2 | The network's id of the conversion; always set.
      transactionid | TEXT | action_id txn_id txid tid trans_id order_id | text | ORD-7781 | The advertiser's id of the order or action.
      network_click_id | TEXT | our_click_id | text | 66f0c2 | The network's own click id.
      offerid | IDENTITY | offer_id campaign_id oid | text | 1042 | The offer's id.
      offer_name | TEXT | offer_title campaign_title | text | Spring Sale | The offer's name.
      revision | IDENTITY |  | whole number from 1 | 1 | 1 for the first push of a status; each correction has the next number.
      previous_sum | COMPUTED |  | decimal, as pushed | 10.00 | The payout that was reported before; empty for the first event of a conversion and goal.
      sum_delta | COMPUTED |  | decimal | 2.50 | The payout less the payout that was reported before; empty if either is absent.
      previous_status | COMPUTED |  | 1 approved, 2 pending, 3 declined, 5 hold | 2 | The status that was reported before, as a code; empty for the first event of a conversion and goal.
      previous_status_text | COMPUTED |  | approved, pending, declined, hold | pending | The status that was reported before, as a word.
      goal | IDENTITY | event event_name goal_alias | text | install | The goal that was reached; 1 unless another was pushed.
      goal_id | TEXT |  | text | 3 | The goal's id.
      affiliate_id | IDENTITY | pid aff_id affid publisher_id pub_id | text | 77 | The affiliate's id.
      sub#30 | TEXT | aff_sub# sub_id# s# subid# p# aff_sub | text | fb_adset# | Sub id # of the tracking link.
      source | TEXT | source_id | text | zone_12 | The traffic source.
      ext#3 | TEXT |  | text | ext-# | Extra parameter # of the tracking link, passed through.
      os_id | TEXT |  | text | 4 | The id of the operating system, passed through.
      custom_field#15 | TEXT | custom_field_# adv# adv_sub# | text | extra-# | The advertiser's extra field #.
      order_sum | DECIMAL | sale_amount | decimal, as pushed | 99.90 | The value of the order.
      order_currency | CURRENCY |  | ISO 4217 | EUR | The currency of the order's value.
      date | DATE | conversion_datetime datetime conv_time | yyyy-MM-dd HH:mm:ss, UTC | 2026-11-02 14:03:09 | When the conversion occurred.
      date_only | COMPUTED_TIME | conversion_date | yyyy-MM-dd, UTC | 2026-11-02 | The day on which the conversion occurred.
      time | COMPUTED_TIME | conversion_time | HH:mm:ss, UTC | 14:03:09 | The time of day at which the conversion occurred.
      timestamp | COMPUTED_TIME | utcunixtime conversiontimeunix | unix seconds | 1793628189 | When the conversion occurred.
      click_date | DATE | click_time | yyyy-MM-dd HH:mm:ss, UTC | 2026-11-02 13:58:41 | When the click occurred.
      click_timestamp | COMPUTED_TIME |  | unix seconds | 1793627921 | When the click occurred.
      geo | COUNTRY | country country_code country_id | ISO 3166-1 alpha-2 | DE | The user's country.
      region | TEXT |  | text | Brandenburg | The user's region.
      city | TEXT |  | text | Berlin | The user's city.
      ip | TEXT | session_ip sourceip ip_address user_ip | IPv4 or IPv6 | 203.0.113.7 | The address that the click came from.
      uagent | TEXT | user_agent agent device_ua ua | text | Mozilla/5.0 (Linux; Android 16) | The browser's user agent.
      os | TEXT |  | text | Android | The user's operating system.
      os_version | TEXT |  | text | 16 | The version of the operating system.
      browser | TEXT |  | text | Chrome Mobile | The user's browser.
      device_type | DEVICE_TYPE | device | desktop, smartphone, mobile, tablet, tv, console, smartwatch, ereader | smartphone | The kind of device.
      device_model | TEXT |  | text | Pixel 9 | The model of the device.
      isp | TEXT |  | text | Example Telecom | The user's internet provider.
      carrier | TEXT |  | text | Example Mobile | The user's mobile carrier.
      connection_type | TEXT |  | text | wifi | The kind of connection.
      language | TEXT |  | text | de | The user's language.
      referrer | TEXT | referer | URL | https://blog.example/review | The page that the click came from.
      gaid | TEXT | google_aid | text | 38400000-8cf0-11bd-b23e-10b96e40000d | Google's advertising id, passed through.
      idfa | TEXT |  | text | 236A005B-700F-4889-B9CE-999EAB2B605D | Apple's advertising id, passed through.
      fbclid | TEXT |  | text | IwAR0abc | Facebook's click id, passed through.
      fbc | TEXT |  | text | fb.1.1793627921000.IwAR0abc | Meta's click id as its cookie _fbc has it, passed through.
      fbp | TEXT |  | text | fb.1.1793627921000.1098115397 | Meta's browser id as its cookie _fbp has it, passed through.
      gclid | TEXT |  | text | Cj0KCQiA | Google's click id, passed through.
      gbraid | TEXT |  | text | 0AAAAAo4mICH | Google's click id for iOS, from the web to an app, passed through.
      wbraid | TEXT |  | text | CkAKCQjwo7qi | Google's click id for iOS, from an app to the web, passed through.
      msclkid | TEXT |  | text | 5c8f2a1b9d3e4f60 | Microsoft's click id, passed through.
      ttclid | TEXT |  | text | E.C.P.CtQBmlbw | TikTok's click id, passed through.
      sccid | TEXT |  | text | 6d2a7e51-43f8 | Snap's click id, passed through.
      epik | TEXT |  | text | dj0yJnU9c3Bp | Pinterest's click id, passed through.
      rdt_cid | TEXT |  | text | 5290118347261 | Reddit's click id, passed through.
      twclid | TEXT |  | text | 26l6412g5p4iyj65a2oic2ayg2 | X's click id, passed through.
      li_fat_id | TEXT |  | text | 8f5c2d1e-7b3a | LinkedIn's click id, passed through.
      oppref | TEXT |  | text | op_4Zk81c | OpenAI's click id, passed through.
      event_source_url | TEXT |  | URL | https://shop.example/thanks | The page on which the conversion occurred.
      email_sha256 | TEXT |  | SHA-256 of the normalized address, in hexadecimal digits | 973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b | The user's email address as a hash, passed through.
      phone_sha256 | TEXT |  | SHA-256 of the normalized number, in hexadecimal digits | d6736136ea896c1bfdc553e0e86e702c70d060d805696ca3e4e9e0961353860a | The user's phone number as a hash, passed through.
      promo_code | TEXT |  | text | SPRING10 | The promo code that was used.
      user_id | TEXT |  | text | u-5512 | The advertiser's id of the user, passed through.
      creative_id | TEXT |  | text | cr-9 | The creative's id, passed through.
      landing_id | TEXT |  | text | lp-2 | The landing page's id, passed through.
      comment | TEXT | reason | text | Cap is reached | A comment, such as why the conversion was declined.
      is_test | COMPUTED | test | 0 or 1 | 0 | Whether this is a test conversion.
      rand | COMPUTED | ran random cachebuster | UUID | 5f0d3c1e-7a54-4d0e-9d5c-0d3c6a1b2f47 | A new UUID for every callback; the same again on its retries.
      delivery_id | COMPUTED |  | text | c3f6q0v8a1 | Our id of the delivery; the same again on its retries.
      """;

  private static final List<Macro> ALL = read(CATALOGUE);

  /** By name and alias, in lower case. A repeated name is an error. */
  private static final Map<String, Macro> BY_NAME = byName();

  private Macros() {}

  /** Every macro, in the order of the catalogue. */
  public static List<Macro> all() {
    return ALL;
  }

  /** The macro with this name or alias, ignoring case; null if there is none. */
  public static @Nullable Macro find(String name) {
    Macro macro = BY_NAME.get(name);
    return macro != null ? macro : BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Explains why an ambiguous name is rejected: networks use it for different things. Null for a
   * macro's name and for every name that is not ambiguous.
   */
  public static @Nullable String ambiguity(String name) {
    return Misnomers.ambiguity(name);
  }

  private static Map<String, Macro> byName() {
    Map<String, Macro> byName = new LinkedHashMap<>();
    for (Macro macro : ALL) {
      put(byName, macro.name(), macro);
    }
    for (Macro macro : ALL) {
      for (String alias : macro.aliases()) {
        put(byName, alias, macro);
      }
    }
    return byName;
  }

  private static void put(Map<String, Macro> byName, String name, Macro macro) {
    Macro other = byName.put(name, macro);
    if (other != null) {
      throw new IllegalStateException(
          "the name " + name + " belongs to " + other.name() + " and to " + macro.name());
    }
  }

  /** Every name and alias, in lower case. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static List<Macro> read(String catalogue) {
    List<Macro> macros = new ArrayList<>();
    for (String line : catalogue.split("\n")) {
      String[] columns = columns(line);
      int hash = columns[0].indexOf('#');
      int count = hash < 0 ? 1 : Integer.parseInt(columns[0].substring(hash + 1));
      for (int i = 1; i <= count; i++) {
        macros.add(macro(columns, hash < 0 ? "" : Integer.toString(i), macros.size()));
      }
    }
    return List.copyOf(macros);
  }

  private static String[] columns(String line) {
    String[] columns = line.split("\\|", -1);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].strip();
    }
    return columns;
  }

  private static Macro macro(String[] columns, String number, int ordinal) {
    int hash = columns[0].indexOf('#');
    List<String> aliases = new ArrayList<>();
    for (String alias : columns[2].split(" ")) {
      if (!alias.isEmpty() && (number.isEmpty() || number.equals("1") || alias.contains("#"))) {
        aliases.add(alias.replace("#", number));
      }
    }
    return new Macro(
        hash < 0 ? columns[0] : columns[0].substring(0, hash) + number,
        aliases,
        columns[5].replace("#", number),
        columns[3],
        columns[4].replace("#", number),
        Macro.Kind.valueOf(columns[1]),
        ordinal);
  }
}
