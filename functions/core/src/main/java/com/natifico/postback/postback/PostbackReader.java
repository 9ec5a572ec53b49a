package com.natifico.postback.postback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reads of postbacks during a conversion; a result may be slightly outdated. */
public interface PostbackReader {
  /**
   * All postbacks that may fire for a conversion of this offer: the offer's own and the global
   * ones.
   */
  List<Postback> forOffer(String affiliateId, String offerId);

  /** The postback; null if there is none. */
  @Nullable Postback find(String affiliateId, String postbackId);
}
