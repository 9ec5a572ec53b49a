/**
 * The network's own keys for signing callbacks (Ed25519). The {@link SigningKeyring} creates and
 * rotates them, a {@link SigningKeyStore} keeps them; the sender finds the private keys among the
 * secrets, see {@link SigningKeys#SECRETS}.
 */
@NullMarked
package com.natifico.postback.signature;

import org.jspecify.annotations.NullMarked;
