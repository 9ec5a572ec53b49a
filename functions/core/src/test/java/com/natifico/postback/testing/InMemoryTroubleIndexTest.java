package com.natifico.postback.testing;

final class InMemoryTroubleIndexTest extends TroubleIndexContract {
  @Override
  protected Fixture fixture() {
    InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
    InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
    return new Fixture(new InMemoryTroubleIndex(postbacks, health), postbacks, health);
  }
}
