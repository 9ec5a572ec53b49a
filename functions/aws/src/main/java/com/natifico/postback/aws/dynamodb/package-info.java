/**
 * The stores on DynamoDB. Each table has a store and an item class that owns its layout; {@link
 * Item} reads and writes attributes. Writes are conditional, and {@link WriteToken} recognises our
 * own write after a lost response.
 */
@NullMarked
package com.natifico.postback.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
