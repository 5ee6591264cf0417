package dev.battlestream.gateway.access.adapter;

/** The gateway was told to listen beyond this machine although nobody has to show a key. */
final class ExposedWithoutKeysException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExposedWithoutKeysException(String address) {
        super(
                "The gateway would listen on %s without API keys: anybody who reaches it could start battles"
                        .formatted(address));
    }
}
