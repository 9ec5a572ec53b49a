/** Checks every call of a function against its role in template.yaml. */
@NullMarked
package com.natifico.postback.local.permission;

import org.jspecify.annotations.NullMarked;
