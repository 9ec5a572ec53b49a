package com.natifico.postback.contract.input;

import com.natifico.postback.Nearest;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.macro.Vocabulary;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackSecrets;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Revision;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretShape;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.postback.SigningSecret;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A client's validated settings of a postback, which can be saved unchanged. */
public final class PostbackDraft {
  private static final int LABEL_LENGTH = 200;
  private static final int GOALS = 50;

  /** No conversion has a longer goal. */
  private static final int GOAL_LENGTH = ConversionReader.MAX_GOAL;

  /** More than the number of words and codes, so that only invalid lists exceed it. */
  private static final int STATUSES = 20;

  private static final int EVENTS = 20;

  private static final List<String> REVISIONS = List.of("ignore", "send");
  private static final List<String> STALE = List.of("drop", "send");

  /** The members of our responses that a client cannot set. */
  private static final List<String> READ_ONLY =
      List.of(
          "postback_id",
          "affiliate_id",
          "paused_reason",
          "created_at",
          "updated_at",
          "version",
          "signed",
          "endpoint",
          "effective_answer_rules",
          "warnings");

  private static final List<String> NOTIFICATION_READ_ONLY =
      List.of(
          "notification_id",
          "affiliate_id",
          "paused_reason",
          "created_at",
          "updated_at",
          "version",
          "signed",
          "endpoint",
          "warnings");

  /** Without secrets, which depend on the stored ones. */
  private final PostbackSettings settings;

  private final boolean paused;
  private final SecretChange secret;
  private final NamedSecretsChange secrets;

  private PostbackDraft(Fields fields, PostbackSettings settings) {
    this.settings = settings;
    this.paused = "paused".equals(fields.word("state", PostbackStatus.WORDS));
    this.secret = SecretChange.read(fields);
    this.secrets = NamedSecretsChange.read(fields);
  }

  private static PostbackSettings settings(Fields fields, EgressGuard guard) {
    return new PostbackSettings(
        Scope.of(fields.id("offer_id")),
        RequestTemplateReader.read(fields, guard),
        new EventFilter(statuses(fields), goals(fields), firesForCorrections(fields)),
        Boolean.TRUE.equals(fields.bool("also_global")),
        fields.text("label", LABEL_LENGTH),
        new SendingSettings(PostbackSecrets.NONE, dropsStale(fields), maxRate(fields)),
        JudgingReader.read(fields));
  }

  /** Of a notification, for which a client chooses the events and the request. */
  private static PostbackSettings notification(Fields fields, EgressGuard guard) {
    return new PostbackSettings(
        new Scope.Notifications(events(fields)),
        RequestTemplateReader.read(fields, guard, Vocabulary.NOTIFICATION),
        EventFilter.ANY,
        false,
        fields.text("label", LABEL_LENGTH),
        new SendingSettings(PostbackSecrets.NONE, false, null),
        Judging.BY_STATUS);
  }

  private static Set<EventKind> events(Fields fields) {
    fields.require("events");
    List<Input> items = fields.list("events", EVENTS);
    Set<EventKind> events = EnumSet.noneOf(EventKind.class);
    if (items == null) {
      return events;
    }
    for (int i = 0; i < items.size(); i++) {
      String given = items.get(i) instanceof Input.Text text ? text.value() : "";
      EventKind event = EventKind.find(given.toLowerCase(Locale.ROOT));
      if (event == null) {
        fields.reject(
            "events[" + i + "]",
            "invalid_value",
            "An event must be one of " + String.join(", ", EventKind.words()) + ".",
            Nearest.of(given.toLowerCase(Locale.ROOT), EventKind.words()));
      } else {
        events.add(event);
      }
    }
    if (items.isEmpty()) {
      fields.reject("events", "empty", "With no event it would never fire. Name one.");
    }
    return events;
  }

  /**
   * Reads a new notification.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static PostbackDraft notificationToCreate(Input.Obj body, EgressGuard guard) {
    Fields fields = Fields.of(body);
    PostbackDraft draft = new PostbackDraft(fields, notification(fields, guard));
    draft.secrets.errors(draft.request(), Map.of()).forEach(fields::reject);
    fields.finish();
    return draft;
  }

  /**
   * Reads the replacement of a notification: the read-only members of our responses are permitted
   * and ignored.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static PostbackDraft notificationToReplace(Input.Obj body, EgressGuard guard) {
    Fields fields = Fields.of(body);
    NOTIFICATION_READ_ONLY.forEach(fields::has);
    PostbackDraft draft = new PostbackDraft(fields, notification(fields, guard));
    fields.finish();
    return draft;
  }

  /**
   * Reads a new postback.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static PostbackDraft toCreate(Input.Obj body, EgressGuard guard) {
    Fields fields = Fields.of(body);
    PostbackDraft draft = unfinished(fields, guard);
    draft.secrets.errors(draft.request(), Map.of()).forEach(fields::reject);
    fields.finish();
    return draft;
  }

  /**
   * Reads the replacement of a postback: the read-only members of our responses are permitted and
   * ignored.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static PostbackDraft toReplace(Input.Obj body, EgressGuard guard) {
    Fields fields = Fields.of(body);
    READ_ONLY.forEach(fields::has);
    PostbackDraft draft = unfinished(fields, guard);
    fields.finish();
    return draft;
  }

  /**
   * Reads the members of a postback among others; everything that is wrong with them is in {@code
   * fields} afterwards.
   *
   * @return usable if {@code fields} has no errors
   */
  static PostbackDraft unfinished(Fields fields, EgressGuard guard) {
    return new PostbackDraft(fields, settings(fields, guard));
  }

  RequestTemplate request() {
    return settings.request();
  }

  /** Whether the network must have a signing key before the postback is stored. */
  public boolean usesNetworkKey() {
    return secret instanceof SecretChange.UseNetworkKey
        || secret instanceof SecretChange.UseNetworkKeyOnly;
  }

  private static boolean firesForCorrections(Fields fields) {
    return "send".equals(fields.word("revisions", REVISIONS));
  }

  private static boolean dropsStale(Fields fields) {
    return !"send".equals(fields.word("stale", STALE));
  }

  private static @Nullable MaxRate maxRate(Fields fields) {
    String given = fields.decimal("max_per_second");
    if (given == null) {
      return null;
    }
    BigDecimal perSecond = new BigDecimal(given);
    if (!MaxRate.isValid(perSecond)) {
      fields.reject(
          "max_per_second",
          "invalid_rate",
          "The field max_per_second must be a number from 0.1 to 1000, with at most three decimals."
              + " Leave it out for no limit.");
      return null;
    }
    return new MaxRate(perSecond);
  }

  private static Set<ConversionStatus> statuses(Fields fields) {
    List<Input> items = fields.list("statuses", STATUSES);
    if (items == null) {
      return EventFilter.APPROVED.statuses();
    }
    Set<ConversionStatus> statuses = EnumSet.noneOf(ConversionStatus.class);
    for (int i = 0; i < items.size(); i++) {
      String given =
          switch (items.get(i)) {
            case Input.Text text -> text.value();
            case Input.Number number -> number.literal();
            default -> "";
          };
      ConversionStatus status = ConversionStatus.find(given);
      if (status == null) {
        fields.reject(
            "statuses[" + i + "]",
            "invalid_status",
            "A status must be approved, pending, declined or hold, or its code 1, 2, 3 or 5.",
            Nearest.of(given, ConversionStatus.words()));
      } else {
        statuses.add(status);
      }
    }
    if (items.isEmpty()) {
      fields.reject(
          "statuses",
          "empty",
          "With no status it would never fire. Name one, or omit statuses for approved.");
    }
    return statuses.isEmpty() ? EventFilter.APPROVED.statuses() : statuses;
  }

  private static List<String> goals(Fields fields) {
    List<Input> items = fields.list("goals", GOALS);
    if (items == null) {
      return List.of();
    }
    List<String> goals = new ArrayList<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < items.size(); i++) {
      String goal = goal(fields, "goals[" + i + "]", items.get(i));
      if (goal != null && seen.add(goal)) {
        goals.add(goal);
      }
    }
    return goals;
  }

  private static @Nullable String goal(Fields fields, String name, Input item) {
    String goal =
        switch (item) {
          case Input.Text text -> fields.checked(name, text.value(), GOAL_LENGTH);
          case Input.Number number when number.literal().matches("-?[0-9]+") ->
              fields.checked(name, number.literal(), GOAL_LENGTH);
          default -> fields.wrongType(name, "a string or an integer");
        };
    if (goal != null && goal.isEmpty()) {
      fields.reject(name, "empty", "A goal is not empty; goals: [] means any goal.");
      return null;
    }
    return goal;
  }

  /** Creates the postback, with version 1. */
  public PostbackChange create(PostbackKey key, Instant now) {
    SecretChange.Changed signing = secret.apply(List.of(), now);
    return new PostbackChange(
        new Postback(
            key,
            withSecrets(Map.of(), signing),
            status(PostbackStatus.healthy()),
            Revision.first(now)),
        writes(List.of(), signing));
  }

  /** The postback as a preview needs it, whether or not its secrets are given. */
  public Postback preview(PostbackKey key, Instant now) {
    return create(key, now).postback();
  }

  /**
   * The stored postback's next version. A postback that stays paused keeps its reason.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 if a secret that is used
   *     would be missing, or does not fit
   */
  public PostbackChange replace(Postback stored, Instant now) {
    PostbackSecrets before = stored.settings().secrets();
    List<FieldError> errors = secrets.errors(request(), before.named());
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    SecretChange.Changed signing = secret.apply(before.signing(), now);
    return new PostbackChange(
        stored.next(withSecrets(before.named(), signing), status(stored.status()), now),
        writes(before.signing(), signing));
  }

  private PostbackSettings withSecrets(
      Map<String, SecretShape> named, SecretChange.Changed signing) {
    return settings.withSecrets(new PostbackSecrets(secrets.applyTo(named), signing.secrets()));
  }

  private SecretWrites writes(List<SigningSecret> stored, SecretChange.Changed signing) {
    Set<String> kept =
        signing.secrets().stream().map(SigningSecret::id).collect(Collectors.toSet());
    Set<String> removed =
        stored.stream()
            .filter(SigningSecret.Stored.class::isInstance)
            .map(SigningSecret::id)
            .filter(id -> !kept.contains(id))
            .collect(Collectors.toSet());
    return new SecretWrites(new Secrets(secrets.put(), signing.put()), secrets.removed(), removed);
  }

  private PostbackStatus status(PostbackStatus before) {
    if (!paused) {
      return PostbackStatus.healthy();
    }
    return before instanceof PostbackStatus.Paused
        ? before
        : new PostbackStatus.Paused(PausedReason.BY_HAND);
  }
}
