package com.natifico.postback.notification;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of the macros of notifications for one message. */
public record EventMacros(EventMessage message) implements MacroValues {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public @Nullable String text(Macro macro) {
    PostbackEvent newest = message.newest();
    return switch (macro.name()) {
      case "event" -> message.kind().word();
      case "postback_id" -> newest.postback().postbackId();
      case "label" -> newest.label();
      case "offer_id" -> newest.offerId();
      case "reason" -> newest.reason();
      case "count" -> Integer.toString(message.count());
      case "at" -> DATE_TIME.format(newest.at());
      default -> throw new IllegalArgumentException("no macro of notifications: " + macro.name());
    };
  }

  @Override
  public @Nullable Instant instant(Macro macro) {
    return macro.hasInstant() ? message.newest().at() : null;
  }
}
