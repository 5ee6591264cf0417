package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void noMoreThanTheLimitAreTaken() {
        Slots slots = new Slots(2);
        Slots.Share share = slots.join();

        assertThat(share.tryTake()).isTrue();
        assertThat(share.tryTake()).isTrue();
        assertThat(share.tryTake()).isFalse();
        share.release();
        assertThat(share.tryTake()).isTrue();
    }

    @Test
    void aShareMayHaveEverySlotThatNobodyElseWants() {
        Slots slots = new Slots(100);
        slots.join();
        Slots.Share busy = slots.join();

        assertThat(takeAll(busy)).isEqualTo(100);
    }

    @Test
    void aRichShareLeavesFreedSlotsToAPoorOne() {
        Slots slots = new Slots(10);
        Slots.Share rich = slots.join();
        Slots.Share poor = slots.join();
        takeAll(rich);
        rich.waiting(1_000);
        poor.waiting(1);

        rich.release();

        assertThat(rich.tryTake()).isFalse();
        assertThat(poor.tryTake()).isTrue();
        poor.waiting(0);
        rich.release();
        assertThat(rich.tryTake()).isTrue();
    }

    @Test
    void withFewerSlotsThanSharesTheyTakeTurns() {
        Slots slots = new Slots(1);
        List<Slots.Share> shares = List.of(slots.join(), slots.join(), slots.join());
        shares.forEach(share -> share.waiting(1_000));
        List<Integer> served = new ArrayList<>();

        for (int round = 0; round < 9; round++) {
            for (int i = 0; i < shares.size(); i++) {
                if (shares.get(i).tryTake()) {
                    served.add(i);
                    shares.get(i).release();
                    break;
                }
            }
        }

        assertThat(served).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    }

    @Test
    void aShareThatLeftClaimsNothingButItsSlotsStayTaken() {
        Slots slots = new Slots(2);
        Slots.Share left = slots.join();
        Slots.Share stays = slots.join();
        takeAll(left);
        left.waiting(5);
        left.leave();

        assertThat(stays.tryTake()).isFalse();
        left.release();
        assertThat(stays.tryTake()).isTrue();
        assertThat(slots.used()).isEqualTo(2);
    }

    @Test
    void idleIsWaitedFor() throws InterruptedException {
        Slots slots = new Slots(2);
        Slots.Share share = slots.join();
        share.tryTake();
        assertThat(slots.awaitIdle(1, TimeUnit.MILLISECONDS)).isFalse();

        Thread.ofVirtual().start(share::release);

        assertThat(slots.awaitIdle(10, TimeUnit.SECONDS)).isTrue();
    }

    @RepeatedTest(20)
    void underContentionTheLimitHoldsAndEveryShareIsServed() throws InterruptedException {
        Slots slots = new Slots(3);
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Slots.Share share = slots.join();
            threads.add(Thread.ofPlatform().unstarted(() -> takeTurns(slots, share, most)));
        }

        threads.forEach(Thread::start);

        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(slots.used()).isZero();
    }

    private static void takeTurns(Slots slots, Slots.Share share, AtomicInteger most) {
        for (int left = 500; left > 0; ) {
            share.waiting(left);
            if (share.tryTake()) {
                left--;
                share.waiting(left);
                most.accumulateAndGet(slots.used(), Math::max);
                LockSupport.parkNanos(1);
                share.release();
            } else {
                LockSupport.parkNanos(1);
            }
        }
    }

    private static int takeAll(Slots.Share share) {
        int taken = 0;
        while (share.tryTake()) {
            taken++;
        }
        return taken;
    }
}
