package com.natifico.postback.simulation;

import com.natifico.postback.access.KeyStore;
import com.natifico.postback.aws.sqs.MessageVisibility;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.directory.AffiliateDirectory;
import com.natifico.postback.directory.TroubleIndex;
import com.natifico.postback.idempotency.FirstAnswers;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.postback.PaceStore;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.signature.SigningKeyStore;
import com.natifico.postback.statistics.StatisticsStore;
import java.time.InstantSource;

/** Everything outside a function that it can call. */
record Ports(
    PostbackStore postbacks,
    PostbackHealth health,
    SecretReader secrets,
    PaceStore paces,
    EventStore events,
    DeliveryLog log,
    KeyStore keys,
    CallLimits limits,
    FirstAnswers answers,
    AffiliateDirectory affiliates,
    TroubleIndex troubles,
    StatisticsStore statistics,
    SigningKeyStore signingKeys,
    PushLog pushes,
    CallbackQueue callbacks,
    CallbackQueue retries,
    DeadLetterQueue letters,
    MessageVisibility visibility,
    Transport transport,
    InstantSource clock) {

  Ports with(PostbackStore other) {
    return new Ports(
        other,
        health,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports with(PostbackHealth other) {
    return new Ports(
        postbacks,
        other,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports with(PaceStore other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        other,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports with(EventStore other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        other,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports with(DeliveryLog other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        events,
        other,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports withCallbacks(CallbackQueue other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        other,
        retries,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports withRetries(CallbackQueue other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        other,
        letters,
        visibility,
        transport,
        clock);
  }

  Ports withVisibility(MessageVisibility other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        other,
        transport,
        clock);
  }

  Ports with(Transport other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        other,
        clock);
  }

  Ports with(InstantSource other) {
    return new Ports(
        postbacks,
        health,
        secrets,
        paces,
        events,
        log,
        keys,
        limits,
        answers,
        affiliates,
        troubles,
        statistics,
        signingKeys,
        pushes,
        callbacks,
        retries,
        letters,
        visibility,
        transport,
        other);
  }
}
