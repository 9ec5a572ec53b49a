package com.natifico.postback.cli;

import com.natifico.postback.cli.api.AffiliateApi;
import com.natifico.postback.cli.api.ApiConnection;
import com.natifico.postback.cli.api.UsageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the API is, and the key. A key cannot be given as an argument, because every user of a
 * machine sees the arguments of its processes.
 */
class ApiOptions {
  static final String URL = "POSTBACK_URL";
  static final String KEY = "POSTBACK_KEY";

  private final Surroundings surroundings;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The API, such as http://localhost:8080. Default: the variable POSTBACK_URL.")
  private @Nullable String url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "A file that contains the key. Default: the key is in the variable POSTBACK_KEY.")
  private @Nullable Path keyFile;

  ApiOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  ApiConnection connection() {
    String address = url == null ? surroundings.environment().get(URL) : url;
    if (address == null) {
      throw new UsageProblem(
          "The API's address is missing: set POSTBACK_URL or give --url, such as"
              + " http://localhost:8080 for the local stack.");
    }
    return ApiConnection.to(address, key(), surroundings.pause());
  }

  private String key() {
    if (keyFile != null) {
      try {
        return Files.readString(keyFile);
      } catch (IOException e) {
        throw new UsageProblem("The key file %s cannot be read: %s".formatted(keyFile, e));
      }
    }
    String key = surroundings.environment().get(KEY);
    if (key == null) {
      throw new UsageProblem(
          "The key is missing: set POSTBACK_KEY, or name a file that contains it with --key-file.");
    }
    return key;
  }

  /** The same, for one affiliate. */
  static final class OfAffiliate extends ApiOptions {
    @Option(
        names = "--affiliate",
        paramLabel = "ID",
        description = "The affiliate. Needed with an account manager's key.")
    private @Nullable String affiliate;

    OfAffiliate(Surroundings surroundings) {
      super(surroundings);
    }

    AffiliateApi api() throws InterruptedException {
      return AffiliateApi.of(connection(), affiliate);
    }

    @Nullable String affiliate() {
      return affiliate;
    }
  }
}
