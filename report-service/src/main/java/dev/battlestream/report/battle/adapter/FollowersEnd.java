package dev.battlestream.report.battle.adapter;

import org.springframework.context.SmartLifecycle;

/**
 * Ends all streams before the web server waits for its requests to end, which they would not do by
 * themselves. Followers connect again, to whoever is there.
 */
final class FollowersEnd implements SmartLifecycle {

    private final Subscriptions subscriptions;
    private final Hops hops;
    private volatile boolean running;

    FollowersEnd(Subscriptions subscriptions, Hops hops) {
        this.subscriptions = subscriptions;
        this.hops = hops;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        subscriptions.end();
        hops.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
