package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads request bodies into plain maps, lists, texts and numbers, bounded in every direction. What
 * the values mean and which of them are missing is for the feature to say, so that it can name all
 * errors at once.
 */
public final class JsonBody {

    /** How long a body may take to arrive, however steadily it drips. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PIECE = 8 * 1024;
    private static final int MAX_NESTING = 20;
    private static final int MAX_NUMBER_LENGTH = 100;

    private final int maxBytes;
    private final JsonMapper json;

    JsonBody(int maxBytes) {
        this.maxBytes = maxBytes;
        this.json =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(MAX_NESTING)
                                                        .maxNumberLength(MAX_NUMBER_LENGTH)
                                                        .maxStringLength(maxBytes)
                                                        .build())
                                        // A field given twice has no meaning; do not choose one.
                                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                        .build())
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    /**
     * The body's value: a map, list, text, number, boolean or null. No body reads as an empty map.
     *
     * @throws RequestProblem if the body is too large or no JSON
     */
    public @Nullable Object read(HttpServletRequest request, HttpServletResponse response) {
        checkEncoding(request);
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes = bytes(request);
        if (bytes.length > maxBytes) {
            throw tooLarge();
        }
        UnreadBodyFilter.read(response);
        if (bytes.length == 0) {
            return Map.of();
        }
        try {
            return json.readValue(text(bytes), Object.class);
        } catch (CharacterCodingException e) {
            throw RequestProblem.of(ProblemCode.MALFORMED_JSON, "The body is no UTF-8 text");
        } catch (JacksonException e) {
            throw RequestProblem.of(
                    ProblemCode.MALFORMED_JSON,
                    "The body cannot be read as JSON" + place(e.getLocation()));
        }
    }

    /** The body, or its beginning if it is too large. */
    private byte[] bytes(HttpServletRequest request) {
        long begin = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = request.getInputStream();
            int read = 0;
            while (read >= 0 && bytes.size() <= maxBytes) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw unfinished();
                }
                bytes.write(piece, 0, read);
                read = in.read(piece);
            }
        } catch (IOException e) {
            // It stalled, or the caller is gone.
            throw unfinished();
        }
        return bytes.toByteArray();
    }

    private static RequestProblem unfinished() {
        return RequestProblem.of(
                ProblemCode.MALFORMED_REQUEST, "The body did not come to its end in time");
    }

    /** Compressed bodies could grow without bound, and JSON is UTF-8 (RFC 8259). */
    private static void checkEncoding(HttpServletRequest request) {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
            throw RequestProblem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body without a content coding");
        }
        Charset charset = charset(request.getContentType());
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw RequestProblem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as UTF-8");
        }
    }

    private static @Nullable Charset charset(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType).getCharset();
        } catch (IllegalArgumentException e) {
            throw RequestProblem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as UTF-8");
        }
    }

    /** Strict: a parser that guesses takes other encodings for what they are not. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null || at.getLineNr() < 1
                ? ""
                : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private RequestProblem tooLarge() {
        return RequestProblem.of(
                ProblemCode.BODY_TOO_LARGE, "The body may have %d bytes".formatted(maxBytes));
    }
}
