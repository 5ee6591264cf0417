package dev.battlestream.schemas;

/**
 * A topic of a running platform has another number of partitions than is set. Nothing was changed:
 * with more of them a battle's records would no longer lie together.
 */
public final class OtherPartitionsException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    OtherPartitionsException(String topic, int found, int expected) {
        super(
                ("topic %s has %d partitions, but BATTLESTREAM_PARTITIONS is %d: a platform keeps"
                                + " the number that it was created with, so set"
                                + " BATTLESTREAM_PARTITIONS=%d")
                        .formatted(topic, found, expected, found));
    }
}
