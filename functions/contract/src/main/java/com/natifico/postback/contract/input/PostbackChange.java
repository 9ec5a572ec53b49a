package com.natifico.postback.contract.input;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SecretWrites;

/**
 * A postback to be stored, together with the change of its secrets.
 *
 * @param postback with the names of its secrets after the change
 */
public record PostbackChange(Postback postback, SecretWrites secrets) {}
