package dev.battlestream.local.check.adapter;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A sample of ids that come one by one and repeatedly: those whose salted hashes are the least, so
 * that each is as likely as another.
 */
final class IdSample {

    private record Hashed(String id, long hash) {}

    private final int most;
    private final String salt;
    private final Set<String> ids = new HashSet<>();
    private final PriorityQueue<Hashed> greatest =
            new PriorityQueue<>(Comparator.comparingLong(Hashed::hash).reversed());

    IdSample(int most, String salt) {
        this.most = most;
        this.salt = salt;
    }

    void add(String id) {
        Hashed hashed = new Hashed(id, hash(salt + id));
        boolean large = ids.size() == most && greatest.element().hash() <= hashed.hash();
        if (large || ids.contains(id)) {
            return;
        }
        ids.add(id);
        greatest.add(hashed);
        if (ids.size() > most) {
            ids.remove(greatest.remove().id());
        }
    }

    Set<String> ids() {
        return Set.copyOf(ids);
    }

    /** FNV-1a with a final mix. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
