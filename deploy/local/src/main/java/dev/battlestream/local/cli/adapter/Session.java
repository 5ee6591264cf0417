package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Home;
import dev.battlestream.local.platform.adapter.Platform;
import java.util.Map;

/**
 * What the commands work on, by the environment they were started in.
 *
 * @param environment read when a command runs, so that help needs none of it
 */
record Session(Map<String, String> environment) {

    private static final String API_KEY = "BATTLESTREAM_API_KEY";

    Session {
        environment = Map.copyOf(environment);
    }

    Platform platform() {
        return new Platform(Home.from(environment), environment);
    }

    /** The runner, which owns the price list; it listens on this machine only. */
    Gateway runner() {
        return new Gateway(Home.from(environment).ports().url(Component.RUNNER), "");
    }

    Gateway gateway() {
        return new Gateway(
                Home.from(environment).ports().url(Component.GATEWAY),
                environment.getOrDefault(API_KEY, ""));
    }
}
