package com.natifico.postback.functions.sender.http;

import java.io.InputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The key pairs of certificates.p12, which certificates.sh creates. */
final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Certificates() {}

  /** A server's context that presents this certificate. */
  static SSLContext presenting(String alias) throws Exception {
    KeyStore all = all();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    PrivateKey key = (PrivateKey) all.getKey(alias, PASSWORD);
    one.setKeyEntry(alias, key, PASSWORD, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Trusts only the test's own authority. */
  static CertificateCheck check() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", all().getCertificate("authority"));
    return CertificateCheck.trusting(trusted);
  }

  private static KeyStore all() throws Exception {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream file = Certificates.class.getResourceAsStream("certificates.p12")) {
      all.load(Objects.requireNonNull(file), PASSWORD);
    }
    return all;
  }
}
