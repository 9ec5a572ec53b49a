package com.natifico.postback.macro;

/**
 * What a filter is for, for people.
 *
 * @param name as a template writes it
 * @param syntax the name with the form of its argument, such as {@code default:text}
 * @param description one sentence
 * @param example a macro with this filter alone
 * @param exampleValue a value of the macro in the example, before the filter; empty if the macro
 *     has none
 * @param exampleResult what the example then writes into the query of a URL
 */
public record FilterDescription(
    String name,
    String syntax,
    String description,
    String example,
    String exampleValue,
    String exampleResult) {}
