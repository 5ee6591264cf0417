/** Serves the contract: OpenAPI made from the controllers, AsyncAPI as the schemas ship it. */
@NullMarked
package dev.battlestream.gateway.document.adapter;

import org.jspecify.annotations.NullMarked;
