package com.natifico.postback.contract.answer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that may read many rows to find few, newest first.
 *
 * @param next the cursor of the next page; null on the last one
 * @param searchedUntil everything from this time on has been searched; null on the last page
 */
public record SearchAnswer<T>(
    List<T> items, @Nullable String next, @Nullable Instant searchedUntil) {}
