package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML with CloudFormation's tags. */
final class YamlReader {
  private final Path file;

  YamlReader(Path file) {
    this.file = file;
  }

  /**
   * @throws StartFailure if the file is missing or is not a YAML mapping
   */
  Value.Mapping read() {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new StartFailure(file + " is missing: run this from the project's root.", e);
    } catch (IOException e) {
      throw new StartFailure(file + " cannot be read: " + e.getMessage(), e);
    }
    return read(text);
  }

  Value.Mapping read(String text) {
    try {
      Node root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build())
              .composeString(text)
              .orElseThrow(() -> new StartFailure(file + " is empty."));
      if (value(root) instanceof Value.Mapping mapping) {
        return mapping;
      }
      throw wrong(root, "a template is a mapping");
    } catch (YamlEngineException e) {
      throw new StartFailure(file + " is not valid YAML: " + e.getMessage(), e);
    }
  }

  private Value value(Node node) {
    if (node.isRecursive()) {
      throw wrong(node, "this value contains itself");
    }
    Value plain =
        switch (node) {
          case ScalarNode scalar -> new Value.Text(scalar.getValue());
          case SequenceNode sequence -> {
            List<Value> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(value(item)));
            yield new Value.Sequence(items);
          }
          case MappingNode mapping -> members(mapping);
          default -> throw wrong(node, "this kind of YAML is not supported");
        };
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!") || tag.length() == 1) {
      return plain;
    }
    String name = tag.substring(1);
    String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    return new Value.Mapping(Map.of(function, plain));
  }

  private Value.Mapping members(MappingNode mapping) {
    Map<String, Value> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(tuple.getKeyNode(), "a key must be plain text");
      }
      if (members.put(key.getValue(), value(tuple.getValueNode())) != null) {
        throw wrong(key, "the key " + key.getValue() + " occurs twice in this mapping");
      }
    }
    return new Value.Mapping(members);
  }

  private StartFailure wrong(Node node, String what) {
    String line = node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    return new StartFailure(file + line + ": " + what + ".");
  }
}
