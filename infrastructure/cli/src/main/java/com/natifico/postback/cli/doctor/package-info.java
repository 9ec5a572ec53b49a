/**
 * Why did my tracker not get it? {@link com.natifico.postback.cli.doctor.Lookup} finds the
 * conversions that an id belongs to, and {@link com.natifico.postback.cli.doctor.Doctor} says of
 * each of their events whether it was pushed, matched and sent, what the tracker answered, and what
 * to do next: a {@link com.natifico.postback.cli.doctor.Diagnosis}. The rules and the texts are
 * those of the console's page "Why did I not get my postback?".
 */
@NullMarked
package com.natifico.postback.cli.doctor;

import org.jspecify.annotations.NullMarked;
