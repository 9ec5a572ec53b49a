package com.natifico.postback.simulation;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.Unavailable;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * API Gateway in front of one function, with one execution environment for each concurrent request.
 */
final class SimulatedGateway {
  /** As in template.yaml. */
  private static final Duration TIMEOUT = Duration.ofSeconds(29);

  /** The status of a response if the function fails. */
  private static final int FAILED = 500;

  /** The status of a response if the authorizer does not allow the request. */
  private static final int DENIED = 403;

  private final Scheduler scheduler;
  private final SettableClock clock;
  private final Journal journal;
  private final Wiring wiring;
  private final EngineObserver observer;
  private final FunctionName name;
  private final Function<String, Environment> environments;
  private final Supplier<Version> version;
  private final Map<Version, Deque<Environment>> idle = new EnumMap<>(Version.class);
  private int started;

  /** An execution environment. */
  record Environment(
      Worker worker,
      Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function,
      Answering answering) {}

  /** The last side effect of a request: the response reaches the caller. */
  @FunctionalInterface
  interface Answering {
    void answer(
        AtomicReference<@Nullable APIGatewayV2HTTPResponse> caller,
        APIGatewayV2HTTPResponse response);
  }

  /** What the caller gets if the function did not respond. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswer() {
      super("no answer", null, false, false);
    }
  }

  /**
   * @param environments starts an environment with this name
   * @param version the version that a request reaches now
   */
  SimulatedGateway(
      Scheduler scheduler,
      SettableClock clock,
      Journal journal,
      Wiring wiring,
      FunctionName name,
      Function<String, Environment> environments,
      Supplier<Version> version) {
    this.version = version;
    this.scheduler = scheduler;
    this.clock = clock;
    this.journal = journal;
    this.wiring = wiring;
    this.observer = wiring.observer();
    this.name = name;
    this.environments = environments;
  }

  /**
   * Must be called by a task of the outside world; a call without a response throws {@link
   * NoAnswer}.
   */
  HttpCalls calls() {
    return new HttpCalls(this::handle);
  }

  private APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    return switch (wiring.authorization()) {
      case ALLOWED -> invoke(event);
      case DENIED -> {
        observer.responded(event.getRouteKey(), DENIED, Duration.ZERO);
        yield APIGatewayV2HTTPResponse.builder().withStatusCode(DENIED).withBody("{}").build();
      }
      case FAILED -> {
        observer.failed(FunctionName.AUTHORIZER);
        observer.responded(event.getRouteKey(), FAILED, Duration.ZERO);
        throw new NoAnswer();
      }
    };
  }

  private APIGatewayV2HTTPResponse invoke(APIGatewayV2HTTPEvent event) {
    Deque<Environment> waiting = idle.computeIfAbsent(version.get(), _ -> new ArrayDeque<>());
    Environment environment =
        waiting.isEmpty() ? environments.apply(name.prefix() + "-" + ++started) : waiting.pop();
    Worker worker = environment.worker();
    Instant since = clock.instant();
    worker.mustEndBy(since.plus(TIMEOUT));
    AtomicReference<@Nullable APIGatewayV2HTTPResponse> caller = new AtomicReference<>();
    Scheduler.Task task = scheduler.current();
    task.runsIn(worker);
    try {
      environment.answering().answer(caller, environment.function().apply(event));
    } catch (Killed e) {
      journal.died(worker);
      observer.failed(name);
    } catch (Unavailable e) {
      // The connection broke.
    } finally {
      task.runsIn(null);
    }
    if (worker.isAlive()) {
      waiting.push(environment);
    }
    APIGatewayV2HTTPResponse response = caller.get();
    observer.responded(
        event.getRouteKey(),
        response == null ? FAILED : response.getStatusCode(),
        Duration.between(since, clock.instant()));
    if (response == null) {
      throw new NoAnswer();
    }
    return response;
  }
}
