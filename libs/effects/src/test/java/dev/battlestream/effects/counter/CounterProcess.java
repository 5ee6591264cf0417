package dev.battlestream.effects.counter;

import dev.battlestream.effects.EffectSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/** The counter as a process of its own, made to be killed. */
final class CounterProcess {

    /** At which point calls hang until the process dies. */
    enum Hang {
        NEVER,
        BEFORE_CALL,
        AFTER_REPLY
    }

    /**
     * What the process is told.
     *
     * @param hang where calls hang
     * @param seed chooses for each counter the turn that hangs
     * @param target turns of each counter
     * @param latencyMillis a call takes up to this long
     */
    record Orders(Hang hang, long seed, int target, int latencyMillis) {

        boolean hangs(TurnEffect.Turn turn) {
            int at = 1 + Math.floorMod(seed + turn.key().hashCode() * 31L, target);
            return turn.number() == at;
        }
    }

    private CounterProcess() {}

    /** Arguments as {@link #arguments} makes them. */
    public static void main(String[] args) throws InterruptedException {
        CounterService.Place place =
                new CounterService.Place(
                        args[0], args[1], args[2], Path.of(args[3]), Duration.parse(args[4]), 1);
        Orders orders =
                new Orders(
                        Hang.valueOf(args[5]),
                        Long.parseLong(args[6]),
                        Integer.parseInt(args[7]),
                        Integer.parseInt(args[8]));
        new CounterService(
                        place,
                        EffectSettings.defaults(),
                        calls(place),
                        new HangingPace(orders, hung(place)))
                .start();
        new CountDownLatch(1).await();
    }

    static String[] arguments(CounterService.Place place, Orders orders) {
        return new String[] {
            place.bootstrapServers(),
            place.application(),
            place.instance(),
            place.folder().toString(),
            place.commitEvery().toString(),
            orders.hang().name(),
            Long.toString(orders.seed()),
            Integer.toString(orders.target()),
            Integer.toString(orders.latencyMillis())
        };
    }

    static CallLog calls(CounterService.Place place) {
        return new CallLog(place.folder().resolve("calls"));
    }

    /** Which calls hang. */
    static CallLog hung(CounterService.Place place) {
        return new CallLog(place.folder().resolve("hung"));
    }

    private record HangingPace(Orders orders, CallLog hung) implements TurnEffect.Pace {

        @Override
        public void beforeCall(TurnEffect.Turn turn) throws InterruptedException {
            if (orders.hang() == Hang.BEFORE_CALL && orders.hangs(turn)) {
                hang(turn);
            }
        }

        @Override
        public void inCall(TurnEffect.Turn turn) throws InterruptedException {
            if (orders.latencyMillis() > 0) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(orders.latencyMillis()));
            }
        }

        @Override
        public void afterReply(TurnEffect.Turn turn) {
            if (orders.hang() == Hang.AFTER_REPLY && orders.hangs(turn)) {
                try {
                    hang(turn);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("Only a kill ends this", e);
                }
            }
        }

        private void hang(TurnEffect.Turn turn) throws InterruptedException {
            hung.add(turn);
            new CountDownLatch(1).await();
        }
    }
}
