package com.natifico.postback.aws.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connect to 203.0.113.7:443 failed      | connect to [address]:443 failed",
        "no route to 2001:db8::1                | no route to [address]",
        "https://[2001:db8::1]/p                | https://[[address]]/p",
        "at ::1 here                            | at [address] here",
        "GET https://t.example/p?cid=w8&sum=1 x | GET https://t.example/p?[query] x",
        "key npb_admin_0123abcd is unknown      | key [key] is unknown",
        "Authorization: Bearer abc.def          | Authorization: [key]",
        "at 14:03:09 nothing is hidden          | at 14:03:09 nothing is hidden",
        "com.a.B.c(D.java:12)                   | com.a.B.c(D.java:12)",
        "why? a reason                          | why? a reason",
        "version 1.2.3                          | version 1.2.3",
      })
  void masksOnlyAddressesQueriesAndKeys(String text, String masked) {
    assertEquals(masked, Mask.mask(text));
  }
}
