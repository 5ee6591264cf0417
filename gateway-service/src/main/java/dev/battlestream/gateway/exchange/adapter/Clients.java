package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.http.HttpServletRequest;

/** Who stands behind a request: whom limits are counted for and battles are noted under. */
public interface Clients {

    /**
     * The client of a request, at most 200 characters without line breaks; never empty. It begins
     * with what kind of name it is, such as {@code address:}, so that two kinds never meet.
     */
    String of(HttpServletRequest request);
}
