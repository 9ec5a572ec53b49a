package com.natifico.postback.contract.input;

import com.natifico.postback.Ids;
import com.natifico.postback.access.KeyBounds;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.egress.Cidr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An admin's request for a key: {@code {role, affiliate_id?, label?, status_map?, offer_ids?,
 * cidrs?, expires_at?}}.
 */
public record KeyRequest(Permissions permissions, @Nullable String label) {
  private static final int LABEL_LENGTH = 200;
  private static final String STATUS_MAP = "status_map";
  private static final String OFFER_IDS = "offer_ids";
  private static final String CIDRS = "cidrs";
  private static final int MAX_BOUNDS = 100;
  private static final int CIDR_LENGTH = 64;
  private static final int MAX_STATUS_WORDS = 50;
  private static final int STATUS_WORD_LENGTH = 64;

  /**
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with all errors
   */
  public static KeyRequest read(Input.Obj body) {
    Fields fields = Fields.of(body);
    fields.require("role");
    Role role = fields.word("role", Role.words(), Role::find);
    String affiliateId = fields.id("affiliate_id");
    if (role == Role.AFFILIATE) {
      fields.require("affiliate_id");
      if ("me".equals(affiliateId)) {
        fields.reject(
            "affiliate_id",
            "invalid_id",
            "The id me denotes the caller's own affiliate in paths; no affiliate can have it.");
      }
    } else if (role != null && fields.hasValue("affiliate_id")) {
      fields.reject(
          "affiliate_id",
          "not_applicable",
          "Only a key of the role affiliate is bound to an affiliate; omit affiliate_id.");
    }
    return rest(fields, role, affiliateId);
  }

  /**
   * Reads new settings of a key, {@code {label?, status_map?, offer_ids?, cidrs?, expires_at?}};
   * what is missing is removed.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with all errors
   */
  public static KeyRequest readReplacement(Input.Obj body, Permissions stored) {
    return rest(Fields.of(body), stored.role(), stored.affiliateId());
  }

  private static KeyRequest rest(Fields fields, @Nullable Role role, @Nullable String affiliateId) {
    String label = fields.text("label", LABEL_LENGTH);
    StatusMap statusMap = statusMap(fields);
    KeyBounds bounds = new KeyBounds(offerIds(fields), cidrs(fields));
    Instant expiresAt = fields.instant("expires_at");
    if (role != null && role != Role.NETWORK) {
      for (String field : List.of(STATUS_MAP, OFFER_IDS, CIDRS)) {
        if (fields.hasValue(field)) {
          fields.reject(
              field,
              "not_applicable",
              "Only a network pushes; omit " + field + " for the role " + role.word() + ".");
        }
      }
    }
    fields.finish();
    if (role == null) {
      throw new IllegalStateException("a missing role was not rejected");
    }
    return new KeyRequest(new Permissions(role, affiliateId, statusMap, bounds, expiresAt), label);
  }

  private static List<String> offerIds(Fields fields) {
    return each(
        fields,
        OFFER_IDS,
        (name, item) -> {
          String id = Fields.literal(item);
          if (id != null
              && Ids.isValid(id)
              && (item instanceof Input.Text || Literals.isInteger(id))) {
            return id;
          }
          fields.reject(
              name,
              "invalid_id",
              "An offer's id has 1 to 64 letters, digits, underscores, dots or hyphens.");
          return null;
        });
  }

  private static List<String> cidrs(Fields fields) {
    return each(
        fields,
        CIDRS,
        (name, item) -> {
          if (!(item instanceof Input.Text(String given))) {
            return fields.wrongType(name, "a string");
          }
          String cidr = fields.checked(name, given, CIDR_LENGTH);
          try {
            if (cidr != null) {
              Cidr.parse(cidr);
            }
          } catch (IllegalArgumentException e) {
            fields.reject(name, "invalid_cidr", Objects.requireNonNull(e.getMessage()) + ".");
          }
          return cidr;
        });
  }

  private static List<String> each(
      Fields fields, String field, BiFunction<String, Input, @Nullable String> read) {
    List<Input> items = fields.list(field, MAX_BOUNDS);
    List<String> values = new ArrayList<>();
    for (int i = 0; items != null && i < items.size(); i++) {
      String value = read.apply(field + "[" + i + "]", items.get(i));
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private static StatusMap statusMap(Fields fields) {
    Input.Obj given = fields.object(STATUS_MAP);
    if (given == null) {
      return StatusMap.NONE;
    }
    if (given.members().size() > MAX_STATUS_WORDS) {
      fields.reject(
          STATUS_MAP,
          "too_many",
          "The field status_map may have at most " + MAX_STATUS_WORDS + " words.");
      return StatusMap.NONE;
    }
    Map<String, ConversionStatus> byWord = new HashMap<>();
    Fields words = Fields.of(given, STATUS_MAP);
    for (String word : given.members().keySet()) {
      words.checked(word, word, STATUS_WORD_LENGTH);
      words.require(word);
      ConversionStatus status = words.word(word, ConversionStatus.words(), ConversionStatus::find);
      if (word.isEmpty()) {
        fields.reject(STATUS_MAP, "empty", "A word in status_map must not be empty.");
      } else if (status != null && byWord.put(word.toLowerCase(Locale.ROOT), status) != null) {
        fields.reject(
            STATUS_MAP,
            "contradiction",
            "Words are compared without case, and status_map has one of them twice.");
      }
    }
    for (FieldError error : words.errors()) {
      fields.reject(STATUS_MAP, error.code(), error.message());
    }
    return new StatusMap(byWord);
  }
}
