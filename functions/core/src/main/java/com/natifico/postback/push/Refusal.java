package com.natifico.postback.push;

/**
 * A push, or an item of a batch, that was answered with 4xx.
 *
 * @param route the route key as in template.yaml
 * @param status of the answer; in a batch, the one that the item would have got alone
 * @param problem the problem that was answered, as a JSON object
 * @param content what was pushed, without the key
 * @param truncated whether the content is only the beginning of what was pushed
 */
public record Refusal(
    String route, int status, String problem, String content, boolean truncated) {}
