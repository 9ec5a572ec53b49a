/**
 * What the ad network pushes. {@link ConversionReader} reads the pushed fields with their aliases
 * and formats and reports every field at fault; a {@link Conversion} exists only after all of them
 * were read. A {@link ConversionEvent} is an accepted conversion with the callbacks that it calls
 * for; its {@link EventIdentity} says which pushes are the same event, and its {@link EventId} is
 * where it is stored.
 */
@NullMarked
package com.natifico.postback.conversion;

import org.jspecify.annotations.NullMarked;
