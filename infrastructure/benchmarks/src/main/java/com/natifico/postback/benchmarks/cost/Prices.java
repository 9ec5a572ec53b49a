package com.natifico.postback.benchmarks.cost;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The list prices from a dated file. */
record Prices(Properties prices) {
  static final String FILE = "prices-2026-11.properties";

  static Prices read() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Prices.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + " is missing");
      }
      properties.load(in);
    }
    return new Prices(properties);
  }

  /** A price in dollars. */
  double of(String name) {
    String price = prices.getProperty(name);
    if (price == null) {
      throw new IllegalArgumentException("no price of " + name);
    }
    return Double.parseDouble(price);
  }

  /** The prices of other providers, by name. */
  SortedMap<String, Double> others() {
    SortedMap<String, Double> others = new TreeMap<>();
    for (String name : prices.stringPropertyNames()) {
      if (name.startsWith("other.")) {
        others.put(name.substring("other.".length()).replace('-', ' '), of(name));
      }
    }
    return others;
  }
}
