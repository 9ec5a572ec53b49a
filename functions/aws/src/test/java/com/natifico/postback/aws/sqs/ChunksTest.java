package com.natifico.postback.aws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChunksTest {
  private static final int KIB = 1024;

  @Test
  void putsTenIntoARequest() {
    assertEquals(List.of(10, 10, 1), sizes(Collections.nCopies(21, 100)));
    assertEquals(List.of(10), sizes(Collections.nCopies(10, 100)));
    assertEquals(List.of(), sizes(List.of()));
  }

  @Test
  void putsOneMebibyteIntoARequest() {
    assertEquals(List.of(4, 1), sizes(Collections.nCopies(5, 256 * KIB)));
    assertEquals(List.of(3, 2), sizes(Collections.nCopies(5, 256 * KIB + 1)));
    assertEquals(List.of(1, 1), sizes(List.of(1024 * KIB, 1)));
  }

  @Test
  void putsALargerBodyIntoARequestOfItsOwn() {
    assertEquals(List.of(1, 1, 1), sizes(List.of(1, 2000 * KIB, 1)));
  }

  private static List<Integer> sizes(List<Integer> bytes) {
    return Chunks.of(bytes, Integer::intValue).stream().map(List::size).toList();
  }
}
