@NullMarked
package com.natifico.postback.aws.events;

import org.jspecify.annotations.NullMarked;
