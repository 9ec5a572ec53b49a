/** Lambda's events and responses as JSON, without the runtime's own mapping. */
@NullMarked
package com.natifico.postback.aws.events;

import org.jspecify.annotations.NullMarked;
