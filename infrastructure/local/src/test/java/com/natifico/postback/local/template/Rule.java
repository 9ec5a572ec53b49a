package com.natifico.postback.local.template;

import static com.natifico.postback.local.template.Deployment.oneOrMany;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** A rule for all resources of a kind, including those added later. */
interface Rule {
  /** Descriptions of the violations. */
  List<String> findings(Deployment deployment);

  /** A rule for each resource of this type. */
  static Rule each(String type, BiConsumer<Check, Deployment> rule) {
    return deployment -> {
      List<String> findings = new ArrayList<>();
      for (Resource resource : deployment.all(type)) {
        rule.accept(new Check(resource, findings), deployment);
      }
      return findings;
    };
  }

  /** Checks one resource. */
  record Check(Resource resource, List<String> findings) {
    Section properties() {
      return resource.properties();
    }

    void that(boolean holds, String otherwise) {
      if (!holds) {
        findings.add(resource.id() + " " + otherwise);
      }
    }

    void has(String... properties) {
      for (String property : properties) {
        that(properties().has(property), "does not set " + property);
      }
    }

    void is(Section section, String property, String value) {
      String found = section.findText(property);
      that(value.equals(found), "has the " + property + " " + found + " and not " + value);
    }
  }

  /** Whether a statement denies this action to all requests without TLS. */
  static boolean isTlsOnly(Section policy, String resource, String action) {
    return policy.section("PolicyDocument").list("Statement").stream()
        .anyMatch(
            statement ->
                statement.text("Effect").equals("Deny")
                    && "*".equals(statement.findText("Principal"))
                    && oneOrMany(statement, "Action").contains(action)
                    && oneOrMany(statement, "Resource").contains(resource)
                    && "false"
                        .equals(
                            statement
                                .section("Condition")
                                .section("Bool")
                                .findText("aws:SecureTransport")));
  }

  static boolean isKept(Section declaration) {
    return Set.of("Retain", "RetainExceptOnCreate")
            .contains(declaration.text("DeletionPolicy", "Delete"))
        && declaration.text("UpdateReplacePolicy", "Delete").equals("Retain");
  }
}
