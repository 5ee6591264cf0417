package dev.battlestream.effects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PendingEntryTest {

    private static final PendingEntry ENTRY =
            new PendingEntry(2, 0x0102030405060708L, 9, "ab".getBytes(UTF_8));

    @Test
    void theFormatOnDiskIsPinned() {
        assertThat(HexFormat.of().formatHex(ENTRY.toBytes()))
                .isEqualTo("01" + "00000002" + "0102030405060708" + "00000009" + "6162");
    }

    @Test
    void whatWasWrittenIsRead() {
        PendingEntry read = PendingEntry.ofBytes(ENTRY.toBytes());

        assertThat(read).usingRecursiveComparison().isEqualTo(ENTRY);
    }

    @Test
    void aFormatOfALaterReleaseIsRefusedByName() {
        byte[] later = ENTRY.toBytes();
        later[0] = 7;

        assertThatThrownBy(() -> PendingEntry.ofBytes(later))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 7");
    }

    @Test
    void anIdSurvivesItsStoreKey() {
        EffectId id = new EffectId("b1", "turn/4");

        assertThat(EffectId.ofStoreKey(id.storeKey())).isEqualTo(id);
        assertThat(id).hasToString("b1/turn/4");
    }

    @Test
    void anIdThatCouldBeReadInTwoWaysIsRefused() {
        assertThatThrownBy(() -> new EffectId("a\nb", "c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EffectId("a", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
