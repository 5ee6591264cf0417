package dev.battlestream.report.battle.adapter;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the API spells what is no text. */
public final class Spelling {

    private Spelling() {}

    /** A name: in lower case. */
    public static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** US dollars: plain, without trailing zeros. */
    public static String money(BigDecimal usd) {
        return usd.stripTrailingZeros().toPlainString();
    }

    /** US dollars as {@link #money}; null for null. */
    public static @Nullable String moneyOrNull(@Nullable BigDecimal usd) {
        return usd == null ? null : money(usd);
    }
}
