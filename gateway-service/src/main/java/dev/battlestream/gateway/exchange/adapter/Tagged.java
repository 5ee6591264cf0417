package dev.battlestream.gateway.exchange.adapter;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.ServletWebRequest;

/** JSON with an entity tag, of which nothing is sent to a caller that has it. */
public final class Tagged {

    private Tagged() {}

    /** The answer; null if the exchange has it already. */
    public static @Nullable ResponseEntity<byte[]> answer(byte[] json, ServletWebRequest exchange) {
        String etag = etag(json);
        if (asksForAnyOther(exchange)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build();
        }
        if (exchange.checkNotModified(etag)) {
            // The exchange has the 304 and the tag already.
            return null;
        }
        return ResponseEntity.ok()
                .eTag(etag)
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json);
    }

    /** {@code If-None-Match: *} is met by nothing that exists, whatever its tag (RFC 9110). */
    private static boolean asksForAnyOther(ServletWebRequest exchange) {
        String tags = exchange.getHeader(HttpHeaders.IF_NONE_MATCH);
        return tags != null && tags.strip().equals("*");
    }

    private static String etag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
