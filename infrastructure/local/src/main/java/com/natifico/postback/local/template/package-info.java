/** Reads template.yaml: parameters, intrinsic functions, resources. */
@NullMarked
package com.natifico.postback.local.template;

import org.jspecify.annotations.NullMarked;
