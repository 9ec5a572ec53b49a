package com.natifico.postback.local.function;

import com.natifico.postback.local.StartFailure;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A function of the template. Like Lambda, it keeps execution environments, each of which serves
 * one event at a time. It creates another one when all are busy, and discards one that timed out.
 * Safe for use by several threads.
 */
public final class LocalFunction implements AutoCloseable {
  /** Lambda's limit for the event and for the response of a synchronous invocation, in bytes. */
  public static final int MAX_PAYLOAD_BYTES = 6_291_556;

  /**
   * Lambda's default limit is 1,000; a machine with a few cores gains nothing beyond this value.
   */
  private static final int MAX_INSTANCES = 200;

  private final FunctionSettings settings;
  private final CodePackage code;
  private final HandlerClass handler;
  private final Deque<Instance> idle = new ConcurrentLinkedDeque<>();
  private final Semaphore free = new Semaphore(MAX_INSTANCES);
  private final AtomicInteger mostBusy = new AtomicInteger();
  private final ExecutorService threads;

  private LocalFunction(FunctionSettings settings, CodePackage code, HandlerClass handler) {
    this.settings = settings;
    this.code = code;
    this.handler = handler;
    // Platform threads, because a handler that never blocks must not starve the gateway's virtual
    // threads.
    this.threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name(settings.id() + "-", 1).factory());
  }

  /**
   * Loads the package and initialises the first execution environment.
   *
   * @throws StartFailure if either fails
   */
  public static LocalFunction load(FunctionSettings settings) {
    CodePackage code = CodePackage.unpack(settings.zip());
    try {
      LocalFunction function =
          new LocalFunction(settings, code, new HandlerClass(settings, code.classes()));
      function.idle.push(function.create());
      return function;
    } catch (StartFailure e) {
      code.close();
      throw e;
    } catch (Throwable e) {
      code.close();
      throw new StartFailure(settings.id() + " does not start: " + e, e);
    }
  }

  public String id() {
    return settings.id();
  }

  public int timeoutSeconds() {
    return settings.timeoutSeconds();
  }

  /** The highest number of execution environments that were busy at the same time. */
  public int mostBusy() {
    return mostBusy.get();
  }

  /** Starts to count the busy environments anew. */
  public void forgetMostBusy() {
    mostBusy.set(0);
  }

  /** Creates execution environments until so many are idle. */
  public void prepare(int environments) throws FunctionError {
    while (idle.size() < environments) {
      idle.push(started());
    }
  }

  private Instance create() throws Throwable {
    return handler.newInstance();
  }

  /**
   * @return the handler's response
   * @throws FunctionError if the function has thrown or timed out, or if the event or the response
   *     is too large
   */
  public byte[] invoke(byte[] event) throws FunctionError, InterruptedException {
    if (event.length > MAX_PAYLOAD_BYTES) {
      throw new FunctionError("The event of " + event.length + " bytes is too large for Lambda.");
    }
    free.acquire();
    mostBusy.accumulateAndGet(MAX_INSTANCES - free.availablePermits(), Math::max);
    try {
      Instance idled = idle.poll();
      Instance instance = idled == null ? started() : idled;
      byte[] answer = run(instance, event);
      if (answer.length > MAX_PAYLOAD_BYTES) {
        throw new FunctionError(
            "The response of " + answer.length + " bytes is too large for Lambda.");
      }
      return answer;
    } finally {
      free.release();
    }
  }

  private Instance started() throws FunctionError {
    try {
      return create();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private byte[] run(Instance instance, byte[] event) throws FunctionError, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
    InvocationContext context = new InvocationContext(settings, deadline);
    Future<byte[]> answer = threads.submit(() -> instance.handle(event, context));
    try {
      byte[] bytes = answer.get(settings.timeoutSeconds(), TimeUnit.SECONDS);
      idle.push(instance);
      return bytes;
    } catch (ExecutionException e) {
      idle.push(instance);
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      String message = "Task timed out after " + settings.timeoutSeconds() + ".00 seconds";
      System.err.println(settings.id() + ": " + message);
      throw new FunctionError(message, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private FunctionError failed(Throwable cause) {
    synchronized (System.err) {
      System.err.print(settings.id() + ": ");
      cause.printStackTrace(System.err);
    }
    return new FunctionError(cause.toString(), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    code.close();
  }
}
