/** The contract as documents: what each call is for, what it takes and how it can end. */
@NullMarked
package dev.battlestream.gateway.document;

import org.jspecify.annotations.NullMarked;
