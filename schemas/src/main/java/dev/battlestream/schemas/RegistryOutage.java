package dev.battlestream.schemas;

import com.microsoft.kiota.ApiException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a registry that does not answer, or answers that it cannot or may not, from a record that
 * cannot be decoded. The first is no fault of the record: its reader waits and tries again.
 */
public final class RegistryOutage {

    private static final int SERVER_ERROR = 500;

    /** Unauthorized, Forbidden, Request Timeout, Too Many Requests. */
    private static final Set<Integer> PASSING_REFUSALS = Set.of(401, 403, 408, 429);

    private RegistryOutage() {}

    /** Whether the cause is that a server was of no use; damaged Avro data never is. */
    public static boolean causes(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof java.net.SocketException
                    || t instanceof java.net.UnknownHostException
                    || t instanceof java.net.http.HttpTimeoutException
                    || t instanceof java.util.concurrent.TimeoutException
                    || isClosedConnection(t)
                    || isRefusal(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isClosedConnection(Throwable t) {
        return t instanceof IOException
                && !(t instanceof java.io.EOFException)
                && t.getStackTrace().length > 0
                && t.getStackTrace()[0].getClassName().startsWith("jdk.internal.net.http");
    }

    /** An answer that says nothing about the schema, unlike 404. */
    private static boolean isRefusal(Throwable t) {
        return t instanceof ApiException answer
                && (answer.getResponseStatusCode() >= SERVER_ERROR
                        || PASSING_REFUSALS.contains(answer.getResponseStatusCode()));
    }
}
