package com.natifico.postback.postback;

import com.natifico.postback.macro.Template.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a postback that an affiliate can change.
 *
 * @param alsoGlobal for an offer's own postback: where it matches, the global ones fire as well;
 *     for a global one: it fires even where an offer's own matches
 */
public record PostbackSettings(
    Scope scope,
    RequestTemplate request,
    EventFilter filter,
    boolean alsoGlobal,
    @Nullable String label,
    SendingSettings sending,
    Judging judging) {

  /** For approved conversions of any goal, with the defaults of all optional settings. */
  public static PostbackSettings of(Scope scope, RequestTemplate request) {
    return new PostbackSettings(
        scope,
        request,
        EventFilter.APPROVED,
        false,
        null,
        SendingSettings.USUAL,
        Judging.BY_STATUS);
  }

  /** The request of test conversions: in the test mode of the receiver, if it has one. */
  public RequestTemplate testRequest() {
    AdPlatform platform = judging.adPlatform();
    return platform == null ? request : platform.testMode().appliedTo(request);
  }

  /** What is probably not meant, though it can be sent. */
  public List<Finding> warnings() {
    AdPlatform platform = judging.adPlatform();
    if (platform == null) {
      return request.warnings();
    }
    List<Finding> warnings = new ArrayList<>(request.warnings());
    // An ad platform has a click id of its own, which is a field of the conversion.
    warnings.removeIf(each -> each.code().equals("no_ref_id"));
    warnings.addAll(Conformance.ofTemplate(platform, request));
    return List.copyOf(warnings);
  }

  public PostbackSecrets secrets() {
    return sending.secrets();
  }

  public List<SigningSecret> signingSecrets() {
    return secrets().signing();
  }

  public PostbackSettings withRequest(RequestTemplate changed) {
    return new PostbackSettings(scope, changed, filter, alsoGlobal, label, sending, judging);
  }

  public PostbackSettings withFilter(EventFilter changed) {
    return new PostbackSettings(scope, request, changed, alsoGlobal, label, sending, judging);
  }

  public PostbackSettings withSending(SendingSettings changed) {
    return new PostbackSettings(scope, request, filter, alsoGlobal, label, changed, judging);
  }

  public PostbackSettings withJudging(Judging changed) {
    return new PostbackSettings(scope, request, filter, alsoGlobal, label, sending, changed);
  }

  public PostbackSettings withSecrets(PostbackSecrets changed) {
    return withSending(sending.withSecrets(changed));
  }

  public PostbackSettings withSigningSecrets(List<SigningSecret> changed) {
    return withSecrets(secrets().withSigning(changed));
  }
}
