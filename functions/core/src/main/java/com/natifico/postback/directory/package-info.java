/**
 * What an account manager sees of all affiliates: who they are ({@link
 * com.natifico.postback.directory.AffiliateDirectory}) and whose postbacks need attention ({@link
 * com.natifico.postback.directory.Attention}).
 */
@NullMarked
package com.natifico.postback.directory;

import org.jspecify.annotations.NullMarked;
