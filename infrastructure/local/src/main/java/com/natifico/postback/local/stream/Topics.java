package com.natifico.postback.local.stream;

import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.StackTemplate;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The template's topics: published messages are printed and kept for inspection. */
public final class Topics {
  private final Map<String, List<String>> messages = new LinkedHashMap<>();
  private final PrintStream out;

  public Topics(StackTemplate template, PrintStream out) {
    this.out = out;
    for (Resource topic : template.resources(Resource.TOPIC)) {
      messages.put(topic.id(), new CopyOnWriteArrayList<>());
    }
  }

  /**
   * @param name the name of the message
   */
  void publish(String topicId, String name, String message) {
    messages(topicId).add(message);
    out.println("event " + name + " " + message);
  }

  /** The messages published so far, oldest first. */
  public List<String> published(String topicId) {
    return List.copyOf(messages(topicId));
  }

  private List<String> messages(String topicId) {
    List<String> published = messages.get(topicId);
    if (published == null) {
      throw new IllegalArgumentException("template.yaml has no topic " + topicId);
    }
    return published;
  }
}
