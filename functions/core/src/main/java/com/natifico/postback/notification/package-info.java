/**
 * What a network and its affiliates are notified of: the transitions of postbacks, found as {@link
 * com.natifico.postback.notification.StoredChange}s of stored rows, and the messages that report
 * them. The first event of an affiliate and kind is reported at once; those that follow are
 * collected and reported together ({@link com.natifico.postback.notification.EventWindow}).
 */
@NullMarked
package com.natifico.postback.notification;

import org.jspecify.annotations.NullMarked;
