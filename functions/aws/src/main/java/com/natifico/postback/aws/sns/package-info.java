/** The topic of events on SNS. */
@NullMarked
package com.natifico.postback.aws.sns;

import org.jspecify.annotations.NullMarked;
