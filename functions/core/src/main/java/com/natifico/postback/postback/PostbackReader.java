package com.natifico.postback.postback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the way of a conversion asks of the postbacks; an answer may be a moment old. */
public interface PostbackReader {
  /** All that may fire for a conversion of this offer: the offer's own and the global ones. */
  List<Postback> forOffer(String affiliateId, String offerId);

  /** Null if there is none. */
  @Nullable Postback find(String affiliateId, String postbackId);
}
