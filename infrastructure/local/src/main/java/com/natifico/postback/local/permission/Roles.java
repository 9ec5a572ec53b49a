package com.natifico.postback.local.permission;

import com.natifico.postback.local.StartFailure;
import com.natifico.postback.local.template.Account;
import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import com.natifico.postback.local.template.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of each function of the template, and which of them it has used. A function signs
 * its calls with its own id as the access key; other keys, and functions without a role, may do
 * everything. Safe for use by several threads.
 */
public final class Roles {
  private final Map<String, Set<Permission>> allowed = new LinkedHashMap<>();
  private final Map<String, Set<Permission>> used = new ConcurrentHashMap<>();

  /**
   * @throws StartFailure if a function names a role that is not in the template
   */
  public Roles(StackTemplate template) {
    for (Resource function : template.resources(Resource.FUNCTION)) {
      if (function.properties().has("Role")) {
        Resource role = template.byArn(Resource.ROLE, function.properties(), "Role");
        allowed.put(function.id(), permissions(role));
      }
    }
  }

  private Roles() {}

  /** Roles without restrictions, for use before the template is read. */
  public static Roles none() {
    return new Roles();
  }

  private static Set<Permission> permissions(Resource role) {
    Set<Permission> permissions = ConcurrentHashMap.newKeySet();
    for (Section policy : role.properties().list("Policies")) {
      for (Section statement : policy.section("PolicyDocument").list("Statement")) {
        if (!statement.text("Effect").equals("Allow")) {
          throw statement.wrong(
              "Effect", "must be Allow, the only effect that the local stack supports");
        }
        for (String action : oneOrMany(statement, "Action")) {
          oneOrMany(statement, "Resource")
              .forEach(resource -> permissions.add(new Permission(action, resource)));
        }
      }
    }
    return permissions;
  }

  private static List<String> oneOrMany(Section statement, String key) {
    return statement.find(key) instanceof Value.Text(String text)
        ? List.of(text)
        : statement.texts(key);
  }

  /**
   * Checks and records a call.
   *
   * @param accessKey the key that signed the call
   * @return AWS's error message if the call is not allowed, otherwise null
   */
  @Nullable String refusal(String accessKey, Collection<Permission> wanted) {
    Set<Permission> mine = allowed.get(accessKey);
    if (mine == null) {
      return null;
    }
    for (Permission permission : wanted) {
      if (!mine.contains(permission)) {
        return ("User: arn:aws:sts::%s:assumed-role/%s is not authorized to perform: %s"
                + " on resource: %s")
            .formatted(Account.ID, accessKey, permission.action(), permission.resource());
      }
      used.computeIfAbsent(accessKey, _ -> ConcurrentHashMap.newKeySet()).add(permission);
    }
    return null;
  }

  /**
   * Checks and records a signed call.
   *
   * @param authorization the header with the signature
   * @return AWS's error message if the call is not allowed, otherwise null
   */
  public @Nullable String refusalOfSigned(String authorization, Permission wanted) {
    return refusal(AwsCall.accessKey(authorization), List.of(wanted));
  }

  /**
   * Checks and records what Lambda does with a function's role.
   *
   * @throws StartFailure if the role does not allow it
   */
  public void require(String functionId, String resource, String... actions) {
    for (String action : actions) {
      String refusal = refusal(functionId, List.of(new Permission(action, resource)));
      if (refusal != null) {
        throw new StartFailure(refusal + ". Its role in template.yaml must allow it.");
      }
    }
  }

  /** The permissions on tables, queues and topics that have not been used yet, by function. */
  public Map<String, Set<Permission>> unused() {
    Map<String, Set<Permission>> unused = new LinkedHashMap<>();
    allowed.forEach(
        (function, permissions) -> {
          Set<Permission> done = used.getOrDefault(function, Set.of());
          unused.put(
              function,
              permissions.stream()
                  .filter(permission -> permission.action().matches("(dynamodb|sqs|sns):.*"))
                  .filter(permission -> !done.contains(permission))
                  .collect(
                      Collectors.toCollection(
                          () -> new TreeSet<>(Comparator.comparing(Permission::toString)))));
        });
    return unused;
  }
}
