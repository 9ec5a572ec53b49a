@NullMarked
package com.natifico.postback.contract.answer;

import org.jspecify.annotations.NullMarked;
