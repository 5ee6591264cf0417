package dev.battlestream.local.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoggedBattleTest {

    private static final LogEvent.Asked ASKED = new LogEvent.Asked("bot", "scripted:asked", null);

    @Test
    void theFirstRecordOfEachIdentityWins() {
        Account account =
                battle(
                                ASKED,
                                new LogEvent.Asked("other", "scripted:other", "run"),
                                played(1, "first"),
                                played(1, "second"),
                                judged(1, "yes"),
                                judged(1, "no"),
                                ended(1, 1),
                                ended(7, 7))
                        .account();

        assertThat(account.status().values())
                .containsEntry("agentId", "bot")
                .containsEntry("lastSeq", "1")
                .containsEntry("complete", "true")
                .doesNotContainKey("runId");
        assertThat(account.messages()).containsOnlyKeys(1);
        assertThat(account.messages().get(1)).isEqualTo(row("content", "first"));
        assertThat(account.verdicts().get(1)).isEqualTo(row("verdict", "yes"));
    }

    @Test
    void whatFollowsAGapDoesNotCount() {
        LoggedBattle battle = battle(ASKED, played(1, "a"), played(3, "c"), ended(2, 0));

        assertThat(battle.isWhole()).isFalse();
        assertThat(battle.with(played(2, "b")).isWhole()).isTrue();
        assertThat(battle.account().status().values()).containsEntry("complete", "false");
    }

    @Test
    void whatTheOutcomeDoesNotCountDoesNotBelongToIt() {
        Account account =
                battle(ASKED, played(1, "a"), played(2, "b"), judged(1, "no"), ended(1, 0))
                        .account();

        assertThat(account.messages()).containsOnlyKeys(1);
        assertThat(account.verdicts()).isEmpty();
    }

    @Test
    void aFailedTurnTakesItsPlaceAndIsNoMessage() {
        Account account =
                battle(
                                ASKED,
                                played(1, "a"),
                                new LogEvent.Played(2, true, "scripted:m", row("content", "")),
                                played(2, "too late"),
                                ended(1, 0))
                        .account();

        assertThat(account.messages()).containsOnlyKeys(1);
        assertThat(account.status().values()).containsEntry("lastSeq", "1");
    }

    @Test
    void theModelIsThatOfTheFirstMessageElseTheOneThatWasAskedFor() {
        assertThat(battle(ASKED, played(1, "a"), ended(1, 0)).account().status().values())
                .containsEntry("model", "scripted:m");
        assertThat(battle(ASKED, played(1, "a"), ended(0, 0)).account().status().values())
                .containsEntry("model", "scripted:asked");
        assertThat(
                        battle(new LogEvent.Asked("bot", "", null), ended(0, 0))
                                .account()
                                .status()
                                .values())
                .doesNotContainKey("model");
    }

    @Test
    void whatOnlyADeletedRequestTellsIsUntold() {
        assertThat(battle(played(1, "a"), ended(1, 0)).account().untold())
                .containsExactlyInAnyOrder("agentId", "runId");
        assertThat(battle(ended(0, 0)).account().untold())
                .containsExactlyInAnyOrder("agentId", "runId", "model");
        assertThat(battle(ASKED, ended(0, 0)).account().untold()).isEmpty();
    }

    @Test
    void aRunningBattleHasNoAccount() {
        LoggedBattle running = battle(ASKED, played(1, "a"));

        assertThat(running.isWhole()).isFalse();
        assertThatThrownBy(running::account).isInstanceOf(IllegalStateException.class);
    }

    private static LoggedBattle battle(LogEvent... events) {
        return Arrays.stream(events)
                .reduce(
                        LoggedBattle.UNREAD,
                        LoggedBattle::with,
                        (_, _) -> {
                            throw new AssertionError("in order");
                        });
    }

    private static LogEvent.Played played(int seq, String content) {
        return new LogEvent.Played(seq, false, "scripted:m", row("content", content));
    }

    private static LogEvent.Judged judged(int turn, String verdict) {
        return new LogEvent.Judged(turn, row("verdict", verdict));
    }

    private static LogEvent.Ended ended(int messages, int verdicts) {
        return new LogEvent.Ended(messages, verdicts, null, row("state", "completed"));
    }

    private static Fields row(String field, String value) {
        return new Fields.Builder().text(field, value).build();
    }
}
