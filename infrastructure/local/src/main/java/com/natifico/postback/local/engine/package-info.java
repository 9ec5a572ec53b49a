/** DynamoDB Local and ElasticMQ in this JVM, with the template's tables and queues. */
@NullMarked
package com.natifico.postback.local.engine;

import org.jspecify.annotations.NullMarked;
