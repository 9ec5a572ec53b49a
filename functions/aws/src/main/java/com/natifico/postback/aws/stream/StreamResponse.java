package com.natifico.postback.aws.stream;

import com.natifico.postback.statistics.SequenceNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The response to a batch of a stream with a tumbling window, which must contain a state
 * (docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html).
 */
public final class StreamResponse {
  private StreamResponse() {}

  /**
   * @param failed the record from which on Lambda repeats the batch; empty if all is done
   */
  public static void write(OutputStream response, Optional<SequenceNumber> failed)
      throws IOException {
    String failures = failed.map(at -> "{\"itemIdentifier\": \"" + at.digits() + "\"}").orElse("");
    response.write(
        ("{\"state\": {}, \"batchItemFailures\": [" + failures + "]}")
            .getBytes(StandardCharsets.UTF_8));
  }
}
