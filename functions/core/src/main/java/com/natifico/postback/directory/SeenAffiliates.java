package com.natifico.postback.directory;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.ForwardingEventStore;
import com.natifico.postback.statistics.ShardChanges;
import com.natifico.postback.statistics.StatisticsStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Enters affiliates in the directory while a function does its work: once a day for each affiliate
 * and running function, so at no cost that counts. An affiliate that cannot be entered is entered
 * with its next conversion.
 */
public final class SeenAffiliates {
  /**
   * The affiliate of the conversion that a function accepts before its snapshot is taken. It is
   * never entered.
   */
  public static final String PRIMING = "-priming-";

  /** The affiliates of which a function remembers that it has entered them, about 1 MB. */
  private static final int REMEMBERED = 10_000;

  private final AffiliateDirectory directory;
  private final InstantSource clock;
  private final BiConsumer<String, Throwable> errors;

  /** Guarded by itself. */
  private final Map<String, LocalDate> entered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LocalDate> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param errors receives what could not be stored
   */
  public SeenAffiliates(
      AffiliateDirectory directory, InstantSource clock, BiConsumer<String, Throwable> errors) {
    this.directory = directory;
    this.clock = clock;
    this.errors = errors;
  }

  /** The same store, which enters the affiliates of the events that send no callback. */
  public EventStore of(EventStore events) {
    return new ForwardingEventStore(events) {
      @Override
      public @Nullable ConversionEvent claim(ConversionEvent event) {
        ConversionEvent claimed = super.claim(event);
        if (event.callbacks().isEmpty() && !event.test()) {
          enter(event.conversion().affiliateId());
        }
        return claimed;
      }
    };
  }

  /** The same store, which enters the affiliates whose deliveries are counted. */
  public StatisticsStore of(StatisticsStore statistics) {
    return new StatisticsStore() {
      @Override
      public void add(ShardChanges changes) {
        statistics.add(changes);
        enter(changes.key().postback().affiliateId());
      }

      @Override
      public List<Hour> read(String affiliateId, Instant since, Instant until) {
        return statistics.read(affiliateId, since, until);
      }
    };
  }

  /** Enters an affiliate, unless this function has done so today. */
  public void enter(String affiliateId) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    synchronized (entered) {
      if (affiliateId.equals(PRIMING) || today.equals(entered.get(affiliateId))) {
        return;
      }
    }
    try {
      directory.seen(affiliateId, today);
    } catch (Unavailable e) {
      errors.accept("an affiliate could not be entered in the directory", e);
      return;
    }
    synchronized (entered) {
      entered.put(affiliateId, today);
    }
  }
}
