/**
 * The URL of a callback, parsed by one parser and passed as values: {@link UrlParts} is the text
 * divided at its delimiters (RFC 3986, section 3), {@link HttpUrl} what it means, {@link Endpoint}
 * scheme, host and port. The template compiler, the egress guard, the key by which messages are
 * grouped and the HTTP transport use these values. Decided here: underscores are part of a name,
 * because trackers use them and DNS allows them (RFC 2181, section 11); an international name is
 * converted to ASCII by IDNA 2003 (RFC 3490) and stored only in ASCII, because IDNA 2008 (RFC 5891)
 * and UTS 46 convert some characters differently; an address in a spelling of C's inet_aton is read
 * as in WHATWG's URL standard (section 3.5, the IPv4 number parser) and refused by the guard by its
 * address; user information, an empty port and a backslash are not accepted.
 */
@NullMarked
package com.natifico.postback.url;

import org.jspecify.annotations.NullMarked;
