package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import java.time.Duration;

/** Is told how the platform comes up and goes down; called from several threads. */
public interface Progress {

    /** Nobody wants to know. */
    Progress NONE =
            new Progress() {
                @Override
                public void ready(Component component, Duration took) {}

                @Override
                public void note(String line) {}
            };

    /** A component answers. */
    void ready(Component component, Duration took);

    /** Something worth a line. */
    void note(String line);
}
