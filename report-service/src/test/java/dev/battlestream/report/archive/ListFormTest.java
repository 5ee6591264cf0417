package dev.battlestream.report.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.BattleState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListFormTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @Test
    void whatIsNotGivenRestrictsNothing() {
        assertThat(new ListForm(null, null, null, null, null, null, null).read())
                .isEqualTo(
                        new ListForm.Reading.Query(
                                new ListQuery(null, null, null, null, null, null, 50)));
    }

    @Test
    void everyParameterIsRead() {
        ListCursor cursor = new ListCursor(Instant.parse("2026-03-01T00:00:00.123456Z"), ID);

        assertThat(
                        new ListForm(
                                        "failed",
                                        "support-bot",
                                        ID.toString(),
                                        "2026-01-01T00:00:00Z",
                                        "2026-01-01T02:00:00+01:00",
                                        cursor.text(),
                                        "200")
                                .read())
                .isEqualTo(
                        new ListForm.Reading.Query(
                                new ListQuery(
                                        BattleState.FAILED,
                                        "support-bot",
                                        ID,
                                        Instant.parse("2026-01-01T00:00:00Z"),
                                        Instant.parse("2026-01-01T01:00:00Z"),
                                        cursor,
                                        200)));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        ListForm form = new ListForm("won", " ", "run-1", "yesterday", "2026", "!", "0");

        assertThat(form.read())
                .isInstanceOfSatisfying(
                        ListForm.Reading.Refused.class,
                        refused ->
                                assertThat(refused.faults())
                                        .extracting(ListForm.Fault::field)
                                        .containsExactly(
                                                "state", "agentId", "runId", "from", "to", "cursor",
                                                "limit"));
    }

    @Test
    void anEndBeforeItsBeginIsRefused() {
        ListForm form =
                new ListForm(
                        null,
                        null,
                        null,
                        "2026-01-02T00:00:00Z",
                        "2026-01-02T00:00:00Z",
                        null,
                        null);

        assertThat(form.read())
                .isEqualTo(
                        new ListForm.Reading.Refused(
                                List.of(new ListForm.Fault("to", "must be later than from"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "1.5", "99999999999", "", "ten"})
    void aLimitIsOneToTwoHundred(String limit) {
        assertThat(new ListForm(null, null, null, null, null, null, limit).read())
                .isInstanceOf(ListForm.Reading.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "not a cursor",
                "_________________________________",
                "________________________________",
                "f_________8AAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoCursorIsNone(String text) {
        assertThat(ListCursor.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void aTimeThatNoRowCanHaveIsRefused(String time) {
        assertThat(new ListForm(null, null, null, time, null, null, null).read())
                .isInstanceOf(ListForm.Reading.Refused.class);
    }

    @Test
    void queuedAndRunningAreOneToTheArchive() {
        assertThat(new ListQuery(BattleState.QUEUED, null, null, null, null, null, 1).state())
                .isEqualTo(BattleState.RUNNING);
    }
}
