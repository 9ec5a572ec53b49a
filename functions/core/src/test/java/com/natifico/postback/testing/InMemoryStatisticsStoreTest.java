package com.natifico.postback.testing;

import com.natifico.postback.statistics.StatisticsStore;

final class InMemoryStatisticsStoreTest extends StatisticsStoreContract {
  private final StatisticsStore store = new InMemoryStatisticsStore();

  @Override
  protected StatisticsStore store() {
    return store;
  }
}
