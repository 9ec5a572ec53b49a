package com.natifico.postback.benchmarks.sender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A key for local https, created for one run and trusted by the whole process. */
final class Certificate implements AutoCloseable {
  static final String PASSWORD = "benchmark";

  private final Path directory;
  private final Path keys;

  private Certificate(Path directory) {
    this.directory = directory;
    this.keys = directory.resolve("keys.p12");
  }

  /** Must be called before TLS is used, because the trust store is read once. */
  static Certificate trusted() throws IOException, InterruptedException {
    Certificate certificate = new Certificate(Files.createTempDirectory("benchmark-"));
    List<String> keytool =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "tracker",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-keystore",
            certificate.keys.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    Process process =
        new ProcessBuilder(keytool)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    System.setProperty("javax.net.ssl.trustStore", certificate.keys.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
    try {
      // Reads the file now, because it is deleted before the default context is used again.
      SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return certificate;
  }

  Path keys() {
    return keys;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(keys);
    Files.deleteIfExists(directory);
  }
}
