package dev.battlestream.local.cli.adapter;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import picocli.CommandLine;

/** Makes the commands, handing the session to those that want it. */
final class Commands implements CommandLine.IFactory {

    private final Session session;

    Commands(Session session) {
        this.session = session;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        boolean wantsSession =
                Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(c ->
                                Arrays.equals(
                                        c.getParameterTypes(), new Class<?>[] {Session.class}));
        if (!wantsSession) {
            return CommandLine.defaultFactory().create(type);
        }
        Constructor<K> constructor = type.getDeclaredConstructor(Session.class);
        return constructor.newInstance(session);
    }
}
