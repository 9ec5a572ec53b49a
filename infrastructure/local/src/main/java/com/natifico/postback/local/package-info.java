/** template.yaml on one machine. */
@NullMarked
package com.natifico.postback.local;

import org.jspecify.annotations.NullMarked;
