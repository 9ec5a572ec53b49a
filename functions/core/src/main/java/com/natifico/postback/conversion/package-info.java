/**
 * What the ad network pushes. A {@link Conversion} is created only after all fields were read. A
 * {@link ConversionEvent} is an accepted conversion with its callbacks; its {@link EventIdentity}
 * decides which pushes are the same event, and its {@link EventId} is its key in the store.
 */
@NullMarked
package com.natifico.postback.conversion;

import org.jspecify.annotations.NullMarked;
