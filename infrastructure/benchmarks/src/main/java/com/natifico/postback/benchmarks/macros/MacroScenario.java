package com.natifico.postback.benchmarks.macros;

import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.JsonInput;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.macro.Template;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A template and the values of a usual conversion. */
public enum MacroScenario {
  /** A usual postback URL. */
  SIX(
      Template.Kind.URL,
      "https://track.example.com/postback?cid={ref_id}&payout={sum}&cur={currency}"
          + "&txid={transactionid}&status={status}&geo={geo}",
      1 / 8.0,
      2),
  /** A very long postback URL. */
  THIRTY(
      Template.Kind.URL,
      "https://track.example.com/postback?cid={ref_id}&payout={sum}&cur={currency}"
          + "&txid={transactionid}&status={status}&geo={geo}&conv={conversion_id}&offer={offerid}"
          + "&name={offer_name}&goal={goal}&aff={affiliate_id}&source={source}&city={city}"
          + "&ip={ip}&os={os}&osv={os_version}&browser={browser}&type={device_type}"
          + "&model={device_model}&isp={isp}&order={order_sum}&when={date}&day={date_only}"
          + "&ts={timestamp}&test={is_test}&d={delivery_id}"
          + IntStream.rangeClosed(1, 4)
              .mapToObj(i -> "&sub" + i + "={sub" + i + "}")
              .collect(Collectors.joining()),
      1 / 7.0,
      3),
  /** A POST with a JSON body. */
  JSON(
      Template.Kind.JSON,
      "{\"click_id\":\"{ref_id}\",\"payout\":\"{sum}\",\"currency\":\"{currency}\","
          + "\"order\":\"{transactionid}\",\"offer\":\"{offer_name}\",\"agent\":\"{uagent}\"}",
      1 / 8.0,
      3.5);

  private static final String PUSHED =
      """
      {"conversion_id": "c-81f2", "affiliate_id": "77", "offer_id": "1042", "status": "approved",
       "goal": "install", "occurred_at": "2026-11-02T14:03:07Z", "ref_id": "w8J3kUG5s0dKQ2m7Zx1v",
       "sum": "12.50", "currency": "USD", "transactionid": "ORD/7781:2",
       "network_click_id": "66f0c2a94e1b7d0012ab34cd",
       "offer_name": "Sample Game (\\"Android\\", DE)",
       "sub1": "fb_adset9", "sub2": "creative_11", "sub3": "Zürich", "sub4": "a+b=c&d",
       "source": "zone_12", "geo": "DE", "city": "Berlin", "ip": "203.0.113.7",
       "uagent": "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36",
       "os": "Android", "os_version": "16", "browser": "Chrome Mobile",
       "device_type": "smartphone", "device_model": "Pixel 9", "isp": "Example Telecom",
       "order_sum": "99.90"}""";

  private static final Instant CLAIMED = Instant.parse("2026-11-02T14:03:09.250Z");

  final Template.Kind kind;
  final String source;

  /**
   * The budget against Commons Text. For six macros it is a requirement; the others, and those of
   * {@link #ofCopy}, are slightly above the measured values.
   */
  final double ofCommons;

  /** The budget against copying. */
  final double ofCopy;

  MacroScenario(Template.Kind kind, String source, double ofCommons, double ofCopy) {
    this.kind = kind;
    this.source = source;
    this.ofCommons = ofCommons;
    this.ofCopy = ofCopy;
  }

  /** The compiled template. */
  public Template template() {
    return Template.of(source, kind);
  }

  /** The macro values of a pushed conversion; nothing is prepared. */
  public static ConversionMacros conversion() {
    return new ConversionMacros(
        ConversionReader.readJson(JsonInput.object(PUSHED), StatusMap.NONE).conversion(),
        CLAIMED,
        false,
        "1m6e94cj-0kq3f7v2a9x1-5d2c-p1",
        () -> null);
  }

  /** The same values as text, computed in advance, which favours the other libraries. */
  static Map<String, String> texts() {
    ConversionMacros values = conversion();
    Map<String, String> texts = new HashMap<>();
    for (Macro macro : Macros.all()) {
      String text = values.text(macro);
      texts.put(macro.name(), text == null ? "" : text);
    }
    return texts;
  }
}
