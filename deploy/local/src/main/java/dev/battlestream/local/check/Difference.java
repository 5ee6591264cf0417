package dev.battlestream.local.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of which not all sources say the same.
 *
 * @param id the battle or run
 * @param view what the view says otherwise; null where it says the same, or was not asked
 * @param archive what the archive says otherwise; null as above
 */
public record Difference(String id, @Nullable Mismatch view, @Nullable Mismatch archive) {

    private static final int LONGEST_SHOWN = 60;
    private static final int DIGEST_SHOWN = 16;

    /** Texts of people and models, which a terminal or a log file is no place for. */
    private static final Set<String> CONTENTS = Set.of("content", "detail");

    public Difference {
        if (view == null && archive == null) {
            throw new IllegalArgumentException("no difference");
        }
    }

    /** The differences of a battle or run, one for each field. */
    public static List<Difference> of(String id, List<Mismatch> view, List<Mismatch> archive) {
        Map<List<String>, Mismatch> ofArchive = new LinkedHashMap<>();
        archive.forEach(one -> ofArchive.put(key(one), one));
        List<Difference> all = new ArrayList<>();
        for (Mismatch one : view) {
            all.add(new Difference(id, one, ofArchive.remove(key(one))));
        }
        ofArchive.values().forEach(one -> all.add(new Difference(id, null, one)));
        return all;
    }

    private static List<String> key(Mismatch mismatch) {
        return List.of(mismatch.place(), mismatch.field());
    }

    /** One line: battle, place, field, what the log says, what the view, what the archive. */
    public String line() {
        Mismatch any = view == null ? archive : view;
        if (any == null) {
            throw new IllegalStateException("a difference has a side");
        }
        return "%s  %s  %s  log=%s  view=%s  archive=%s"
                .formatted(
                        id,
                        any.place(),
                        any.field(),
                        shown(any, any.log()),
                        side(view),
                        side(archive));
    }

    private static String side(@Nullable Mismatch side) {
        return side == null ? "same" : shown(side, side.found());
    }

    private static String shown(Mismatch mismatch, @Nullable String value) {
        if (value == null) {
            return "absent";
        }
        String field = mismatch.field();
        String last = field.substring(field.lastIndexOf('.') + 1);
        boolean judged = last.equals("reason") && mismatch.place().startsWith("verdict");
        return judged || CONTENTS.contains(last) || value.length() > LONGEST_SHOWN
                ? "sha256:%s(%d)".formatted(digest(value), value.length())
                : value;
    }

    private static String digest(String value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
