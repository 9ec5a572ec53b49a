package com.natifico.postback.functions.sender.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The platform's certificate and hostname checks, with a message for users in every exception. */
public final class CertificateCheck extends X509ExtendedTrustManager {
  private static final int DNS_NAME = 2;
  private static final int SHOWN_NAMES = 3;

  /** The reason why the endpoint's certificate was rejected, for users. */
  static final class Rejected extends CertificateException {
    Rejected(String message, CertificateException cause) {
      super(message, cause);
    }
  }

  private final X509ExtendedTrustManager platform;

  private CertificateCheck(X509ExtendedTrustManager platform) {
    this.platform = platform;
  }

  /**
   * @param authorities the trusted certificates; null for the platform's own list
   */
  public static CertificateCheck trusting(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager platform) {
          return new CertificateCheck(platform);
        }
      }
      throw new IllegalStateException("the platform has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      platform.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      String host =
          socket instanceof SSLSocket secure ? secure.getHandshakeSession().getPeerHost() : "";
      throw new Rejected(whatIsWrong(chain, authType, host, e), e);
    }
  }

  private String whatIsWrong(
      X509Certificate[] chain, String authType, String host, CertificateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "The certificate has expired, on " + chain[0].getNotAfter().toInstant() + ".";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "The certificate is not valid before " + chain[0].getNotBefore().toInstant() + ".";
      }
    }
    try {
      // The same check without the name.
      platform.checkServerTrusted(chain, authType);
      return "The certificate is not for " + host + " but for " + names(chain[0]) + ".";
    } catch (CertificateException alsoWithoutName) {
      X509Certificate last = chain[chain.length - 1];
      boolean selfIssued = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
      return selfIssued && chain.length == 1
          ? "The certificate is self-signed."
          : "The certificate comes from an unknown authority, or an intermediate certificate is missing.";
    }
  }

  private static String names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(0).equals(DNS_NAME)) {
            names.add((String) alternative.get(1));
          }
        }
      }
    } catch (CertificateException e) {
      return "names that cannot be read";
    }
    if (names.isEmpty()) {
      return "no name";
    }
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), SHOWN_NAMES)));
    return names.size() > SHOWN_NAMES ? shown + " and others" : shown;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    platform.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    platform.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    platform.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    platform.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    platform.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return platform.getAcceptedIssuers();
  }
}
