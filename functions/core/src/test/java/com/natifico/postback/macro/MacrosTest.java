package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MacrosTest {
  /** The postback information as the field's panels list it: name: aliases. */
  private static final String EXPECTED =
      """
      ref_id: clickid click_id aff_click_id pub_click_id externalid external_id
      sum: payout payout_amount amount commission reward profit
      currency: payout_currency
      status: status_id
      status_text: status_name
      conversion_id: conv_id leadid
      transactionid: action_id txn_id txid tid trans_id order_id
      network_click_id: our_click_id
      offerid: offer_id campaign_id oid
      offer_name: offer_title campaign_title
      revision:
      previous_sum:
      sum_delta:
      previous_status:
      previous_status_text:
      goal: event event_name goal_alias
      goal_id:
      affiliate_id: pid aff_id affid publisher_id pub_id
      sub1: aff_sub aff_sub1 sub_id1 s1 subid1 p1
      sub2: aff_sub2 sub_id2 s2 subid2 p2
      sub15: aff_sub15 sub_id15 s15 subid15 p15
      sub30: aff_sub30 sub_id30 s30 subid30 p30
      source: source_id
      ext1:
      ext2:
      ext3:
      os_id:
      custom_field1: custom_field_1 adv1 adv_sub1
      custom_field15: custom_field_15 adv15 adv_sub15
      order_sum: sale_amount
      order_currency:
      date: conversion_datetime datetime conv_time
      date_only: conversion_date
      time: conversion_time
      timestamp: utcunixtime conversiontimeunix
      click_date: click_time
      click_timestamp:
      geo: country country_code country_id
      region:
      city:
      ip: session_ip sourceip ip_address user_ip
      uagent: user_agent agent device_ua ua
      os:
      os_version:
      browser:
      device_type: device
      device_model:
      isp:
      carrier:
      connection_type:
      language:
      referrer: referer
      gaid: google_aid
      idfa:
      fbclid:
      fbc:
      fbp:
      gclid:
      gbraid:
      wbraid:
      msclkid:
      ttclid:
      sccid:
      epik:
      rdt_cid:
      twclid:
      li_fat_id:
      oppref:
      event_source_url:
      email_sha256:
      phone_sha256:
      promo_code:
      user_id:
      creative_id:
      landing_id:
      comment: reason
      is_test: test
      rand: ran random cachebuster
      delivery_id:
      """;

  @ParameterizedTest
  @MethodSource("expected")
  void hasTheMacroWithItsAliases(String line) {
    String name = line.substring(0, line.indexOf(':'));
    Macro macro = Macros.find(name);

    assertNotNull(macro);
    assertEquals(name, macro.name());
    Set<String> aliases = new HashSet<>(List.of(line.substring(name.length() + 1).split(" ")));
    aliases.remove("");
    assertEquals(aliases, Set.copyOf(macro.aliases()));
  }

  static Stream<String> expected() {
    return EXPECTED.lines();
  }

  @Test
  void hasNoOtherMacros() {
    Set<String> names = new HashSet<>();
    expected().map(line -> line.substring(0, line.indexOf(':'))).forEach(names::add);
    for (int i = 1; i <= 30; i++) {
      names.add("sub" + i);
    }
    for (int i = 1; i <= 15; i++) {
      names.add("custom_field" + i);
    }

    assertEquals(names, new HashSet<>(Macros.all().stream().map(Macro::name).toList()));
  }

  @Test
  void givesEveryNameToOneMacroOnly() {
    Set<String> seen = new HashSet<>();
    for (Macro macro : Macros.all()) {
      assertTrue(seen.add(macro.name()), macro.name());
      macro.aliases().forEach(alias -> assertTrue(seen.add(alias), alias));
    }
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.Macros#all")
  void describesEveryMacro(Macro macro) {
    assertAll(
        () -> assertEquals(macro, Macros.all().get(macro.ordinal())),
        () -> assertTrue(macro.description().endsWith("."), macro.description()),
        () -> assertFalse(macro.format().isBlank()),
        () -> assertFalse(macro.example().isBlank()),
        () -> assertFalse((macro.description() + macro.example()).contains("#")));
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.Macros#all")
  void findsTheMacroByEveryNameInAnyCase(Macro macro) {
    assertSame(macro, Macros.find(macro.name()));
    assertSame(macro, Macros.find(macro.name().toUpperCase(Locale.ROOT)));
    for (String alias : macro.aliases()) {
      assertSame(macro, Macros.find(alias));
      assertSame(macro, Macros.find(alias.toUpperCase(Locale.ROOT)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ref_id, ref_id",
    "Ref-ID, ref_id",
    "REF ID, ref_id",
    "refid, ref_id",
    "ref.id, ref_id",
    "'aff_sub1 ', aff_sub1",
    "CLICKID, clickid",
    "Click-Id, clickid",
    "s1, s1",
    "S-1, s1",
    "reff_id, ref_id",
    "payuot, payout",
    "curency, currency",
    "cuntry, country",
    "transactonid, transactionid",
    "custom-field-3, custom_field3",
    "!clickid!, clickid",
    "cid, ref_id",
    "revenue, sum",
    "SUBID, ref_id",
    "sub_id, ref_id",
    "transaction_id, ref_id",
    "affiliate_click_id, ref_id",
    "utm_source, source",
    "subacc4, sub4",
    "points, sum",
    "offid, offerid",
    "click_ip, ip",
    "conversion_status, status_text",
    "referrer_url, referrer",
    "coupon, promo_code"
  })
  void suggestsTheNameThatWasMeant(String written, String meant) {
    assertEquals(meant, Misnomers.suggest(written));
  }

  @ParameterizedTest
  @CsvSource({
    "xyzzy",
    "q",
    "'   '",
    "{}",
    "a_name_that_is_like_no_other",
    "ключ",
    "yclid",
    "dclid",
    "irclickid2",
    "xbraid",
    "device_id",
    "uid",
    "bid",
    "sub31",
    "subacc99",
    "custom_field16",
    "event_url",
    "payout_type",
    "qclid",
    "wclid",
    "obclid",
    "sub0",
    "aid",
    "session_id",
    "event_time",
    "country_name"
  })
  void suggestsNothingForDissimilarNames(String written) {
    assertNull(Misnomers.suggest(written));
  }

  @ParameterizedTest
  @CsvSource({
    "transaction_id, {ref_id}, {transactionid}",
    "Transaction-ID, {ref_id}, {transactionid}",
    "subid, {ref_id}, {sub1}",
    "SUBID, {ref_id}, {sub1}",
    "sub_id, {ref_id}, {sub1}"
  })
  void explainsBothMeaningsOfAnAmbiguousName(String name, String first, String second) {
    String reason = Misnomers.ambiguity(name);

    assertNull(Macros.find(name));
    assertNotNull(reason);
    assertTrue(reason.contains(first) && reason.contains(second), reason);
  }

  @ParameterizedTest
  @CsvSource({"transactionid", "TransactionId", "subid1", "ref_id"})
  void doesNotTreatAClearNameAsAmbiguous(String name) {
    assertNull(Misnomers.ambiguity(name));
    assertNotNull(Macros.find(name));
  }
}
