package com.natifico.postback.testing;

import com.natifico.postback.directory.AffiliateDirectory;

final class InMemoryAffiliateDirectoryTest extends AffiliateDirectoryContract {
  @Override
  protected AffiliateDirectory directory() {
    return new InMemoryAffiliateDirectory();
  }
}
