/** The stores on DynamoDB: on demand, one purpose per table. */
@NullMarked
package com.natifico.postback.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
