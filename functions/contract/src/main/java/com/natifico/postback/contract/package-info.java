/**
 * The HTTP contract, as {@code openapi.json} beside this package describes it. {@link Router} gives
 * each of API Gateway's events to its {@link Route}, checks the role, and answers problems; {@link
 * Request} and {@link Response} hide the event's format. The package {@code input} reads what
 * clients send into values of the core, {@code answer} has what they get, and {@code problem} why a
 * request is refused. Statuses and JSON names of the contract are in these packages only.
 */
@NullMarked
package com.natifico.postback.contract;

import org.jspecify.annotations.NullMarked;
