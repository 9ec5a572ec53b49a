package com.natifico.postback.endtoend.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.natifico.postback.endtoend.console.ConsoleTests.Visitors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads trackers' exports and other CSV in the browser, with the console's own modules. */
@ConsoleTests
final class ExportsOfTrackersTest {
  /** Reads a file, given by its text or its bytes, and returns each row as a line. */
  private static final String READ =
      """
      async ({ text, bytes }) => {
        const page = document.querySelector("script[src$='/app.js']").src;
        const { readExport } = await import(new URL("join.js", page));
        const sheet = await readExport(new File([text ?? new Uint8Array(bytes)], "export.csv"), null, {});
        const time = (ms) => (ms === null ? "-" : new Date(ms).toISOString());
        return sheet.rows.map((row) =>
          [row.click, row.transaction, row.payout, row.status ?? "-", time(row.time)].join(" | "));
      }
      """;

  private final Page page;

  ExportsOfTrackersTest(ConsoleWorld world, Visitors visitors) {
    page = visitors.open().page();
    page.navigate(world.url());
  }

  @BeforeEach
  void thePageIsLoaded() {
    page.waitForSelector("h1");
  }

  private List<?> rows(String text) {
    return (List<?>) page.evaluate(READ, Map.of("text", text));
  }

  private List<?> rows(Integer... bytes) {
    return (List<?>) page.evaluate(READ, Map.of("bytes", List.of(bytes)));
  }

  /**
   * The columns of the conversion log, by their names in the Admin API ({@code
   * /admin_api/v1/conversions/log}: sub_id, tid, status, previous_status, revenue, click_datetime,
   * postback_datetime), with the semicolons of an exported file
   * (https://wiki.keitarotds.ru/en/reports). Statuses: lead, sale, rebill and rejected
   * (https://blog.keitaro.io/en/managing-conversions-keitaro/). The titles that the export of a
   * newer version writes were not found.
   */
  @Test
  void keitaro() {
    assertEquals(
        List.of(
            "1dad2cg1br22spja1 | c-1 | 12.5 | approved | 2026-11-20T09:01:02.000Z",
            "2fbe3dh2cs33tqkb2 | c-2 | 0 | pending | 2026-11-20T09:05:00.000Z",
            "3acf4ei3dt44urlc3 | c-3 | 0 | declined | 2026-11-20T09:06:00.000Z"),
        rows(
            """
            conversion_id;campaign;sub_id;sub_id_1;tid;status;previous_status;revenue;click_datetime;postback_datetime
            71;"Nutra; DE";1dad2cg1br22spja1;push;c-1;sale;lead;12.5;2026-11-20 09:00:00;2026-11-20 10:01:02
            72;"Nutra; DE";2fbe3dh2cs33tqkb2;push;c-2;lead;;0;2026-11-20 09:00:00;2026-11-20 10:05:00
            73;"Nutra; DE";3acf4ei3dt44urlc3;push;c-3;rejected;sale;0;2026-11-20 09:00:00;2026-11-20 10:06:00
            """));
  }

  /**
   * The columns of the conversions report, as the API names them (https://api.voluum.com
   * /report/conversions: postbackTimestamp, visitTimestamp, clickId, transactionId, externalId,
   * revenue, cost), with the titles "Visit timestamp" and "Postback timestamp"
   * (https://doc.voluum.com/article/general-settings-conversion-registration-time-reporting).
   * Voluum has no status.
   */
  @Test
  void voluum() {
    List<String> expected =
        List.of(
            "w8J3kUG5 | c-1 | 12.5 | - | 2026-11-20T09:01:02.000Z",
            "x9K4lVH6 | c-2 | 1234.5 | - | 2026-11-20T21:05:00.000Z");
    assertEquals(
        expected,
        rows(
            """
            "Postback timestamp","Visit timestamp","External ID","Click ID","Transaction ID","Campaign","Revenue","Cost"
            "2026-11-20 10:01:02 AM","2026-11-20 09:00:00 AM","ext-1","w8J3kUG5","c-1","Global - ""Nutra\""","12.5","0.2"
            "2026-11-20 10:05:00 PM","2026-11-20 09:00:00 AM","ext-2","x9K4lVH6","c-2","Global, 2","1234.5","0.2"
            """));
    assertEquals(
        expected,
        rows(
            """
            postbackTimestamp,visitTimestamp,clickId,transactionId,externalId,campaignName,revenue,cost
            2026-11-20 10:01:02 AM,2026-11-20 09:00:00 AM,w8J3kUG5,c-1,ext-1,Nutra,12.5,0.2
            2026-11-20 10:05:00 PM,2026-11-20 09:00:00 AM,x9K4lVH6,c-2,ext-2,Nutra,1234.5,0.2
            """));
  }

  /**
   * Binom's documentation names the data of its tab Conversions (Click ID, Payout, Conversion
   * Status with values such as Hold: https://docs.binom.org/payout-tracking-v2.php). The header of
   * its exported file was not found; this one uses these names. Binom has no transaction id.
   */
  @Test
  void binom() {
    assertEquals(
        List.of(
            "81e60haa86o0b7 |  | 5 | approved | 2026-11-20T09:01:02.000Z",
            "e2f3he2tfe65a1 |  | 5 | pending | 2026-11-20T09:05:00.000Z"),
        rows(
            """
            Click ID;Campaign;Offer;Payout;Conversion Status;Click time;Conversion time
            81e60haa86o0b7;Push;Nutra;5;Approve;2026-11-20 09:00:00;2026-11-20 10:01:02
            e2f3he2tfe65a1;Push;Nutra;5;Hold;2026-11-20 09:00:00;2026-11-20 10:05:00
            """));
  }

  /**
   * The fields of a conversion in RedTrack's API (https://api.redtrack.io/conversions: id, clickid,
   * campaign, offer, type, payout, currency, status, track_time, conv_time, ref_id). The conversion
   * log shows them as Click ID and Conversion time (https://help.redtrack.io, "Partnership portal:
   * settings for partners"); the header of its exported file was not found.
   */
  @Test
  void redTrack() {
    List<String> expected =
        List.of("65a1f2b3c4d5e6f7a8b9c0d1 |  | 12.5 | approved | 2026-11-20T10:01:02.000Z");
    assertEquals(
        expected,
        rows(
            """
            id,clickid,campaign,offer,type,payout,currency,cost,status,track_time,conv_time,ref_id
            9,65a1f2b3c4d5e6f7a8b9c0d1,Push,Nutra,Purchase,12.5,USD,0.1,approved,2026-11-20T09:00:00Z,2026-11-20T10:01:02Z,r-1
            """));
    assertEquals(
        expected,
        rows(
            """
            ID,Click ID,Campaign,Offer,Type,Payout,Currency,Cost,Status,Track Time,Conversion time,Ref id
            9,65a1f2b3c4d5e6f7a8b9c0d1,Push,Nutra,Purchase,12.5,USD,0.1,approved,2026-11-20T09:00:00Z,2026-11-20T10:01:02Z,r-1
            """));
  }

  /**
   * The columns that Prosper202 writes, separated by tabs, in
   * tracking202/visitors/download/index.php of https://github.com/tracking202/prosper202. It lists
   * clicks; the column "Click Real/Filtered" says which of them converted. It has no payout and no
   * transaction id.
   */
  @Test
  void prosper202() {
    String header =
        "Subid\tDate\tBrowser\tOS\tPPC Network\tPPC account\tClick Real/Filtered\tIP Address\tCountry\t"
            + "Country Code\tCity\tOffer/LP\tText Ad\tReferer\tLanding\tOutbound\tCloaked Referer\tRedirect\tKeyword\n";
    String rest = "\t192.0.2.7\tGermany\tDE\tCologne\tNutra\tAd\t\t\t\t\t\tdiet\n";
    assertEquals(
        List.of("901 |  |  | approved | 2026-11-20T13:05:00.000Z"),
        rows(
            header
                + ("901\t11/20/26 2:05pm\tChrome\tAndroid\tAds\tMain\tconversion" + rest)
                + ("902\t11/20/26 2:06pm\tChrome\tAndroid\tAds\tMain\treal" + rest)
                + ("903\t11/20/26 2:07pm\tChrome\tAndroid\tAds\tMain\tfiltered" + rest)));
  }

  @Test
  void quotationMarksLineEndsAndAByteOrderMark() {
    assertEquals(
        List.of("a\"b | x,\r\ny | 1 | - | -", "c |  | 2 | - | -"),
        rows("\uFEFFclick id,txid,payout\r\n\"a\"\"b\",\"x,\r\ny\",1\r\n\r\nc,,\"2\""));
  }

  @Test
  void otherEncodings() {
    assertEquals(
        List.of("ü |  | 1 | - | -"),
        rows(0x63, 0x69, 0x64, 0x3b, 0x70, 0x61, 0x79, 0x6f, 0x75, 0x74, 0xd, 0xFC, 0x3b, 0x31));
    assertEquals(
        List.of("ü |  |  | - | -"),
        rows(0xFF, 0xFE, 0x63, 0, 0x69, 0, 0x64, 0, 0xa, 0, 0xFC, 0, 0xa, 0));
  }
}
