/** What the functions may do: their roles of template.yaml, held against every call. */
@NullMarked
package com.natifico.postback.local.permission;

import org.jspecify.annotations.NullMarked;
