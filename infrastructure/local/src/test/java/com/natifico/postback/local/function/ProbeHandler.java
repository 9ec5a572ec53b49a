package com.natifico.postback.local.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.natifico.postback.local.LocalJournal;
import java.util.Map;
import java.util.concurrent.BlockingQueue;

/** Does what its event says, and records when it is created. */
public final class ProbeHandler implements RequestHandler<String, String> {
  private final Map<String, String> environment;

  public ProbeHandler(Map<String, String> environment) {
    this.environment = environment;
    if (environment.containsKey("REFUSE")) {
      throw new IllegalStateException("REFUSE is set");
    }
    journal("").add("made");
  }

  private BlockingQueue<String> journal(String of) {
    return LocalJournal.of(environment.getOrDefault("JOURNAL", "") + of);
  }

  @Override
  public String handleRequest(String event, Context context) {
    String[] words = event.split(" ");
    return switch (words[0]) {
      case "environment" -> environment.getOrDefault(words[1], "absent");
      case "class" -> lookUp(words[1]);
      case "remaining" -> String.valueOf(context.getRemainingTimeInMillis());
      case "wait" -> await(words[1]);
      default -> event;
    };
  }

  private static String lookUp(String name) {
    try {
      return Class.forName(name).getName();
    } catch (ClassNotFoundException _) {
      return "absent";
    }
  }

  private String await(String until) {
    journal(".waiting").add("waiting");
    try {
      return journal(until).take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
