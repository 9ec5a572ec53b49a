package com.natifico.postback.local.function;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the event's bytes unchanged and writes the response in capitals. */
public final class ShoutingSerializer implements CustomPojoSerializer {
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T fromJson(InputStream input, Type type) {
    try {
      return (T) new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T fromJson(String input, Type type) {
    return (T) input;
  }

  @Override
  public <T> void toJson(T value, OutputStream output, Type type) {
    try {
      output.write(String.valueOf(value).toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
