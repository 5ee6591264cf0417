/**
 * Chat models behind one port, {@link dev.battlestream.llm.ChatModels}: what a call is, what it
 * answers, what it costs and how it fails.
 *
 * <p>Nothing here touches the world. The providers live in the nested {@code adapter} package: a
 * further kind is a constant in {@link dev.battlestream.llm.ProviderKind} and a line in the adapter
 * package's {@code ChatModelsFactory}; over HTTP its own words are a {@code Wire} and a {@code
 * WireFormat}. Limits, retry, failover and prices come on top of it unchanged.
 */
@NullMarked
package dev.battlestream.llm;

import org.jspecify.annotations.NullMarked;
