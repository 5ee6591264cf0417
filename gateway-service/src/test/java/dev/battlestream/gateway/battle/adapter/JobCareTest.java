package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is forgotten, counted anew and looked after. */
class JobCareTest extends JobContract {

    @Test
    void aKeyIsForgottenAfterItsTimeAndTheBattleIsNot() {
        UUID old = admitted("a", Optional.of("old"), "24 hours 1 minute");
        UUID young = admitted("a", Optional.of("young"), "23 hours 59 minutes");

        assertThat(care.forgetKeys()).isEqualTo(1);

        assertThat(jobs.find(JobKind.BATTLE, old)).isPresent();
        assertThat(jobs.admit(job("a", Optional.of("young"))))
                .isEqualTo(new Admission.Repeated(young));
        assertThat(jobs.admit(job("a", Optional.of("old")))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aBattleIsForgottenWithItsHistoryButNotWhileItRuns() {
        UUID ended = admitted("a", Optional.empty(), "31 days");
        UUID running = admitted("a", Optional.empty(), "31 days");
        UUID young = admitted("a", Optional.empty(), "29 days");
        jobs.end(
                JobKind.BATTLE,
                Map.of(ended, JobEnd.unpriced("goal"), young, JobEnd.unpriced("goal")));

        assertThat(care.forgetJobs()).isEqualTo(1);

        assertThat(jobs.find(JobKind.BATTLE, ended)).isEmpty();
        assertThat(jobs.find(JobKind.BATTLE, running)).isPresent();
        assertThat(jobs.find(JobKind.BATTLE, young)).isPresent();
    }

    @Test
    void aClientIsForgottenWhenItHasBeenQuietForADay() {
        UUID ended = admitted("quiet", Optional.empty(), "2 days");
        jobs.end(JobKind.BATTLE, Map.of(ended, JobEnd.unpriced("goal")));
        admitted("busy", Optional.empty(), "2 days");
        sql.sql("UPDATE gateway.client_slots SET changed_at = now() - interval '2 days'").update();

        assertThat(care.forgetSlots()).isEqualTo(1);

        assertThat(runningOf("busy")).isEqualTo(1);
    }

    @Test
    void aCountThatIsWrongIsCountedAnew() {
        for (String client : List.of("a", "b", "c")) {
            admitted(client, Optional.empty(), "0 s");
        }
        sql.sql("UPDATE gateway.client_slots SET running = 3 WHERE client <> 'b'").update();

        assertThat(care.recount()).isEqualTo(2);

        assertThat(runningOf("a")).isEqualTo(1);
        assertThat(runningOf("c")).isEqualTo(1);
    }

    @Test
    void aBattleIsOverdueWhenItsTimeIsOverAndBelongsToOneHealerAtATime() {
        UUID id = admitted("a", Optional.empty(), "0 s");
        jobs.published(id);
        assertThat(care.takeOverdue()).isEmpty();
        sql.sql("UPDATE gateway.jobs SET check_after = now()").update();

        assertThat(care.takeOverdue()).containsExactly(new JobCare.Overdue(JobKind.BATTLE, id));
        assertThat(care.takeOverdue()).isEmpty();
        jobs.end(JobKind.BATTLE, Map.of(id, JobEnd.unpriced("timeout")));
        assertThat(jobs.find(JobKind.BATTLE, id).flatMap(Job::ended).map(Job.End::reason))
                .contains("timeout");
        assertThat(runningOf("a")).isZero();
    }
}
