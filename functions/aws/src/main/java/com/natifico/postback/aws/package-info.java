/** The core's ports on AWS. */
@NullMarked
package com.natifico.postback.aws;

import org.jspecify.annotations.NullMarked;
