package com.natifico.postback.macro;

import com.natifico.postback.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that are not macros: which macro was probably meant, and which names are rejected because
 * they are ambiguous. Only needed for templates with errors. A suggestion means the same as the
 * name, or is a correction of a typing error; otherwise there is none.
 */
final class Misnomers {
  /**
   * The macros by the alphanumeric characters of their names; the first in the catalogue takes
   * precedence.
   */
  private static final Map<String, String> BY_LETTERS = byLetters();

  /**
   * Names that have different meanings at different networks; they are always rejected. Compared by
   * alphanumeric characters, so that {@code sub_id} is found as well.
   */
  private static final Map<String, FalseFriend> FALSE_FRIENDS =
      Map.of(
          "transactionid",
          new FalseFriend(
              "is the network's click id at some networks and the order's id at others: write"
                  + " {ref_id} for the affiliate's click id, {transactionid} for the advertiser's"
                  + " order id",
              "ref_id"),
          "subid",
          new FalseFriend(
              "is the click id at some trackers and a sub account at others: write {ref_id} for the"
                  + " affiliate's click id, {sub1} for the first sub id",
              "ref_id"));

  /**
   * Our macros, and the names of the same meaning on other platforms: TUNE, Everflow, CAKE, Impact,
   * Affise, Keitaro, Voluum, Binom, RedTrack and mobile networks.
   */
  private static final Map<String, String> FOREIGN_WORDS =
      words(
          """
          ref_id: affiliateclickid affclick cid click cfclickid cnvid hit hitid subidshort unid
          sum: amt points price rate rev revenue value payoutvalue affiliatepayout
          sub1: sub affsubid
          custom_field1: advsub
          source: utmsource trafficsource
          transactionid: tx txn ordernumber orderno ordernum
          network_click_id: reqid requestid networkclickid
          conversion_id: lead conversionuuid
          status_text: conversionstatus leadstatus
          offerid: offid campid campaign offer
          offer_name: campaignname
          goal: goalname conversiontype conversiongoal
          affiliate_id: affiliate affiliateref publisher
          order_sum: orderamount ordertotal ordervalue saleamt carttotal cartvalue
          currency: curr currencycode
          timestamp: unixtime unixtimestamp conversionunixtimestamp conversiontimestamp
          click_timestamp: clickunixtimestamp clickunixtime
          date: conversiondateandtime
          click_date: clickdatetime
          geo: countryiso iso2
          region: regionname regioncode state
          city: cityname
          ip: clickip clientip visitorip remoteaddr ipaddr conversionip
          os: osname deviceos platform operatingsystem
          os_version: deviceosversion osver
          browser: browsername
          device_type: devicecategory
          device_model: devicename model
          isp: ispname provider
          carrier: mobilecarrier operator mobileoperator
          language: lang browserlanguage
          referrer: refererurl referrerurl refurl
          gaid: googleadid gpsadid androidaid
          idfa: iosidfa iosifa
          promo_code: promo promocode coupon couponcode voucher vouchercode
          comment: declinereason rejectreason
          rand: cachebust cb
          """);

  /** The numbered sub ids on other platforms. */
  private static final Pattern FOREIGN_SUB = Pattern.compile("subacc([1-9][0-9]?)");

  /** Names of platforms' click ids; a similar one is another platform's. */
  private static final Pattern PLATFORM_ID = Pattern.compile(".*(clid|clickid|braid)");

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])");

  /** The words of which names consist. A name of such words has a meaning and no typing error. */
  private static final Set<String> VOCABULARY = vocabulary();

  /** Shorter names are not compared: each is near to one of another meaning. */
  private static final int MIN_COMPARED = 4;

  private record FalseFriend(String reason, String likelier) {}

  private Misnomers() {}

  /**
   * The accepted name (or alias) that was probably meant, ready to be put between braces. Case,
   * separators, blanks, other platforms' brackets and a few wrong characters are ignored. Null if
   * no name is similar.
   */
  static @Nullable String suggest(String text) {
    String known = known(text);
    return known == null ? corrected(text) : known;
  }

  /** Like {@link #suggest}, but always the macro's own name. */
  static @Nullable String macro(String text) {
    return ownName(suggest(text));
  }

  /** Like {@link #macro}, but without correcting typing errors. */
  static @Nullable String knownMacro(String text) {
    return ownName(known(text));
  }

  private static @Nullable String ownName(@Nullable String name) {
    Macro macro = name == null ? null : Macros.find(name);
    return macro == null ? null : macro.name();
  }

  private static @Nullable String known(String text) {
    String same = sameLetters(text);
    if (same != null) {
      return same;
    }
    String plain = plain(text);
    Matcher sub = FOREIGN_SUB.matcher(plain);
    if (sub.matches() && Macros.names().contains("sub" + sub.group(1))) {
      return "sub" + sub.group(1);
    }
    return FOREIGN_WORDS.get(plain);
  }

  /** The name without its typing error; null if it is none. */
  private static @Nullable String corrected(String text) {
    String plain = plain(text);
    if (plain.length() < MIN_COMPARED || text.indexOf(':') >= 0 || hasKnownWordsOnly(text)) {
      return null;
    }
    List<String> names = new ArrayList<>(Macros.names());
    names.addAll(FALSE_FRIENDS.keySet());
    String nearest = Nearest.of(text, names);
    if (nearest == null) {
      return null;
    }
    if (PLATFORM_ID.matcher(plain).matches() && !plain.endsWith("clickid")) {
      return null;
    }
    FalseFriend friend = Macros.find(nearest) == null ? FALSE_FRIENDS.get(nearest) : null;
    return friend == null ? nearest : friend.likelier();
  }

  private static boolean hasKnownWordsOnly(String text) {
    String[] words = BETWEEN_WORDS.split(text.strip());
    int known = 0;
    for (String word : words) {
      if (!VOCABULARY.contains(word.toLowerCase(Locale.ROOT))) {
        return false;
      }
      known++;
    }
    return known > 1;
  }

  /** Like {@link #suggest}, but only for a name with the same alphanumeric characters. */
  static @Nullable String sameLetters(String text) {
    String plain = plain(text);
    String core = core(text);
    if (Macros.names().contains(core)) {
      return core;
    }
    FalseFriend friend = FALSE_FRIENDS.get(plain);
    if (friend != null) {
      return friend.likelier();
    }
    return BY_LETTERS.get(plain);
  }

  /**
   * Why this ambiguous name is rejected; null if it is not ambiguous. {@code transactionid} is not:
   * it has one meaning here.
   */
  static @Nullable String ambiguity(String name) {
    FalseFriend friend = Macros.find(name) == null ? FALSE_FRIENDS.get(plain(name)) : null;
    return friend == null ? null : "{" + name + "} " + friend.reason() + ".";
  }

  /** From the first alphanumeric character to the last, in lower case. */
  private static String core(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && plain(text.substring(from, from + 1)).isEmpty()) {
      from++;
    }
    while (from < to && plain(text.substring(to - 1, to)).isEmpty()) {
      to--;
    }
    return text.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /** Only the ASCII alphanumeric characters, in lower case. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        plain.append(c);
      } else if (c >= 'A' && c <= 'Z') {
        plain.append((char) (c + ('a' - 'A')));
      }
    }
    return plain.toString();
  }

  private static Map<String, String> byLetters() {
    Map<String, String> byLetters = new HashMap<>();
    Macros.names().forEach(name -> byLetters.putIfAbsent(plain(name), name));
    return byLetters;
  }

  private static Map<String, String> words(String table) {
    Map<String, String> words = new HashMap<>();
    for (String line : table.split("\n")) {
      int colon = line.indexOf(':');
      for (String word : line.substring(colon + 1).strip().split(" ")) {
        words.putIfAbsent(word, line.substring(0, colon));
      }
    }
    return words;
  }

  private static Set<String> vocabulary() {
    Set<String> vocabulary =
        new HashSet<>(
            List.of("id", "url", "type", "code", "value", "number", "ad", "adv", "unique"));
    for (String name : Macros.names()) {
      vocabulary.addAll(List.of(BETWEEN_WORDS.split(name)));
    }
    return vocabulary;
  }
}
