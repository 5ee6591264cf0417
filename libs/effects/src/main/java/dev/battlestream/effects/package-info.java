/**
 * Durable effects: slow work that an aggregate on Kafka Streams asks for, recorded before it runs
 * and ended by its event.
 *
 * <p>Start reading at {@link dev.battlestream.effects.EffectEngine}, which says what happens when
 * something dies. To add an effect:
 *
 * <pre>{@code
 * // 1. The slow work. Shared by all tasks; knows no store.
 * final class Ask implements Effect<Integer, Question, Answer> {
 *     public String type() { return "ask"; }
 *     public Serde<Integer> payload() { return Serdes.Integer(); }
 *     public Answer run(Question question, EffectCall call) throws Exception { … }
 *     public ProducerRecord<byte[], byte[]> result(Question question, Answer answer) { … }
 *     public ProducerRecord<byte[], byte[]> failed(Question question, Throwable fault) { … }
 * }
 *
 * // 2. The engine: one per service instance, closed before the streams.
 * EffectEngine<Integer, Question> engine =
 *         EffectEngine.create(
 *                 new Ask(), "battle.turns", EffectSettings.defaults(), kafka, meters);
 * topology.addStateStore(engine.pendingStore(), "battle");
 *
 * // 3. The processor "battle", which also reads battle.turns.
 * public void init(ProcessorContext<String, Turn> context) {
 *     transcripts = context.getStateStore("transcripts");
 *     asks = engine.bind(context, (id, attempt, turn) -> question(transcripts.get(id.key()), turn));
 * }
 *
 * public void process(Record<String, BattleInput> record) {
 *     // Every result is completed first, expected or not; then the decider says what is next.
 *     if (record.value() instanceof TurnArrived(int turn)) {
 *         asks.complete(new EffectId(record.key(), "turn/" + turn));
 *     }
 *     …
 *     asks.start(new EffectId(record.key(), "turn/" + next), next);
 * }
 *
 * public void close() {
 *     asks.close();
 * }
 * }</pre>
 *
 * <p>Three rules come with it. The result topic has the aggregate's keys and partitions, and is
 * written by effects only outside transactions. The aggregate accepts the first record of an
 * identity and ignores later ones. And it stands a result that is read before the record that asks
 * for it, because after a crash the inputs come again while the results are already there.
 */
@NullMarked
package dev.battlestream.effects;

import org.jspecify.annotations.NullMarked;
