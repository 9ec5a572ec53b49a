package com.natifico.postback.functions.conversion;

import com.natifico.postback.contract.RefusedRequest;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Route;
import com.natifico.postback.contract.answer.PushAnswer;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPushes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Records what was answered to pushes with 4xx. A push that was answered with 5xx is not refused:
 * the network pushes it again.
 */
final class PushRecorder {
  private static final int SERVER_FAULT = 500;

  private final RefusedPushes pushes;

  PushRecorder(RefusedPushes pushes) {
    this.pushes = pushes;
  }

  /** The endpoint of a push, whose problems are recorded before they are answered. */
  Route.Endpoint recorded(Route.Endpoint endpoint) {
    return request -> {
      try {
        return endpoint.answer(request);
      } catch (ProblemException e) {
        if (isRefusal(e.problem())) {
          record(request, List.of(() -> new RefusedRequest(request).refusal(e.problem())));
        }
        throw e;
      }
    };
  }

  /**
   * Records each refused item of a batch.
   *
   * @param answers in the order of the items
   */
  void recordItems(Request request, List<Input> items, List<PushAnswer> answers) {
    RefusedRequest batch = new RefusedRequest(request);
    List<Supplier<Refusal>> refusals = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (answers.get(i) instanceof PushAnswer.Refused(Problem problem) && isRefusal(problem)) {
        Input item = items.get(i);
        refusals.add(() -> batch.refusal(problem, item));
      }
    }
    if (!refusals.isEmpty()) {
      record(request, refusals);
    }
  }

  private void record(Request request, List<Supplier<Refusal>> refusals) {
    pushes.record(request.caller().keyId(), refusals);
  }

  private static boolean isRefusal(Problem problem) {
    return problem.status() < SERVER_FAULT;
  }
}
