package com.natifico.postback.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.local.template.StackTemplate;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.simulation.alarm.Alarm;
import com.natifico.postback.simulation.alarm.AlarmState;
import com.natifico.postback.simulation.alarm.MetricData;
import com.natifico.postback.testing.Samples;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a world and evaluates every alarm of template.yaml each minute. */
final class AlarmWorldRun implements Wiring {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long SEED = 1;

  /** How long it takes until CloudWatch has a value; AWS promises no bound. */
  private static final Duration DELAY = Duration.ofMinutes(1);

  /** Before that, a metric has no data yet because the stack did not exist. */
  private static final int FIRST_MINUTE = 10;

  private final AlarmWorld world;
  private final MetricData data = new MetricData(Samples.NOW);
  private final PublishedMetrics published = new PublishedMetrics(this::now, data);
  private final Cloud cloud;
  private boolean broken;

  private AlarmWorldRun(AlarmWorld world) {
    this.world = world;
    cloud = new Cloud(SEED, world.settings(), this::fault, this, false);
  }

  /**
   * What the alarms did.
   *
   * @param wentOff the alarms that went off, with the minutes from the breakdown to then
   * @param stillOn the alarms that are on at the end of the world
   */
  record Result(Map<String, Integer> wentOff, Set<String> stillOn) {}

  static Result of(AlarmWorld world) {
    AlarmWorldRun run = new AlarmWorldRun(world);
    PrintStream out = System.out;
    // The functions log every failed attempt there.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      run.runWorld();
    } finally {
      System.setOut(out);
    }
    return run.result();
  }

  @Override
  public Metrics metrics() {
    return published.ofFunction();
  }

  @Override
  public EngineObserver observer() {
    return published;
  }

  @Override
  public Authorization authorization() {
    return broken ? world.authorization() : Authorization.ALLOWED;
  }

  /** Counts the pauses, as the notifier does. */
  @Override
  public Ports sender(Ports ports) {
    return ports.with(
        new ForwardingPostbackStore(ports.postbacks()) {
          @Override
          public Written replace(Postback postback, long expectedVersion, SecretWrites secrets) {
            Written written = super.replace(postback, expectedVersion, secrets);
            if (written == Written.DONE && postback.isPaused()) {
              published.paused();
            }
            return written;
          }
        });
  }

  @Override
  public boolean allowsRecursion() {
    return !broken || world.allowsRecursion();
  }

  @Override
  public boolean runsTimerEveryMinute() {
    return true;
  }

  private Instant now() {
    return cloud.clock.instant();
  }

  private Fault fault(Step step) {
    return broken ? world.fault(step, cloud, published) : Fault.NONE;
  }

  private void runWorld() {
    Random moods = new Random(SEED);
    for (String host : AlarmWorld.HOSTS) {
      cloud.trackers.describe(
          host,
          (_, _) -> {
            Reply usual = AlarmWorld.usualReply(moods);
            return broken ? world.reply(host, usual) : usual;
          });
    }
    OutsideWorld outside = new OutsideWorld(cloud);
    world.prepareTraffic(outside);
    outside.at(AlarmWorld.BEFORE, this::breakDown);
    outside.at(AlarmWorld.BEFORE.plus(world.breaksFor()), () -> broken = false);
    outside.at(Duration.ZERO, this::sampleEveryMinute);
    cloud.scheduler.runUntil(Samples.NOW.plus(world.length()));
    cloud.scheduler.close();
  }

  private void breakDown() {
    broken = true;
    world.breakDown(cloud);
  }

  private void sampleEveryMinute() {
    while (true) {
      cloud.scheduler.pause(MINUTE);
      published.sample("CallbackQueue", cloud.callbacks);
      published.sample("RetryQueue", cloud.retries);
      published.sample("SlowQueue", cloud.slow);
      published.sample("DeadLetterQueue", cloud.deadLetters);
      published.sample("UnprocessedQueue", cloud.unprocessed);
    }
  }

  /** The alarms of the template, with the parameters of this world. */
  static List<Alarm> alarms(AlarmWorld world) {
    Path template = Path.of(System.getProperty("project.root")).resolve("template.yaml");
    return StackTemplate.read(template, world.parameters(), "http://sqs/")
        .resources("AWS::CloudWatch::Alarm")
        .stream()
        .map(Alarm::of)
        .toList();
  }

  private Result result() {
    Map<String, Integer> wentOff = new TreeMap<>();
    Set<String> stillOn = new TreeSet<>();
    for (Alarm alarm : alarms(world)) {
      AlarmState state = AlarmState.INSUFFICIENT_DATA;
      for (int minute = FIRST_MINUTE; minute <= world.length().toMinutes(); minute++) {
        Instant now = Samples.NOW.plus(MINUTE.multipliedBy(minute));
        state = alarm.evaluate(data.publishedBy(now.minus(DELAY)), now, state);
        if (state == AlarmState.ALARM) {
          wentOff.putIfAbsent(alarm.id(), minute - (int) AlarmWorld.BEFORE.toMinutes());
        }
      }
      if (state == AlarmState.ALARM) {
        stillOn.add(alarm.id());
      }
    }
    return new Result(wentOff, stillOn);
  }
}
