package com.natifico.postback.local.function;

import com.amazonaws.services.lambda.runtime.Context;

/** One execution environment: an initialised handler that serves one event at a time. */
interface Instance {
  /**
   * @return the handler's response as JSON
   */
  byte[] handle(byte[] event, Context context) throws Exception;
}
