package dev.battlestream.llm;

import org.jspecify.annotations.Nullable;

/**
 * What holds for one model beside what holds for its provider.
 *
 * @param limits its own, within those of the provider; none if absent
 * @param failover who answers in its place, {@code provider} or {@code provider:model}; the
 *     provider's if absent
 */
public record ModelSettings(LimitSettings limits, @Nullable String failover) {

    public ModelSettings {
        limits = limits == null ? LimitSettings.NONE : limits;
        failover = failover == null || failover.isBlank() ? null : failover;
    }
}
