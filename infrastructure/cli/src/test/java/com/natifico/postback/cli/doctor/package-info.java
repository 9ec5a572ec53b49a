@NullMarked
package com.natifico.postback.cli.doctor;

import org.jspecify.annotations.NullMarked;
