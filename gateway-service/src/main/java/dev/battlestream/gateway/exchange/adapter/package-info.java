/** Request ids, problem documents and body reading on the servlet side. */
@NullMarked
package dev.battlestream.gateway.exchange.adapter;

import org.jspecify.annotations.NullMarked;
