package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.atTurn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ScriptedSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CallLogTest {

    private static final int CALLS_PER_PROCESS = 3_000;

    @TempDir Path folder;

    @Test
    void everyAttemptIsCountedByConversationAndModel() throws Exception {
        Path log = folder.resolve("not-yet-there/calls.jsonl");
        ChatModels models = models(log);

        models.chat(atTurn("scripted:flaky", "battle-1", 2), ChatListener.NONE);
        models.chat(atTurn("scripted:judge", "battle-1", 1), ChatListener.NONE);
        models.chat(atTurn("scripted:never", "battle-2", 1), ChatListener.NONE);

        CallLog calls = CallLog.read(log);
        ModelReference flaky = ModelReference.parse("scripted:flaky");
        assertThat(calls.count("battle-1")).isEqualTo(4);
        assertThat(calls.count("battle-1", flaky)).isEqualTo(3);
        assertThat(calls.byModel()).containsEntry(flaky, 3);
        assertThat(calls.byConversation())
                .containsEntry("battle-1", 4)
                .containsEntry("battle-2", 1);
        assertThat(calls.calls().subList(0, 3))
                .extracting(CallLog.Call::turn, CallLog.Call::attempt)
                .containsExactly(tuple(2, 1), tuple(2, 2), tuple(2, 3));
    }

    @Test
    void aCallIsInTheLogBeforeItsReply() throws Exception {
        Path log = folder.resolve("calls.jsonl");
        ChatModels models = models(log);
        List<Integer> seen = new ArrayList<>();

        models.chat(
                atTurn("scripted:never", "battle-1", 1),
                Listeners.onDelta(() -> seen.add(read(log).count("battle-1"))));

        assertThat(seen).isNotEmpty().containsOnly(1);
    }

    @Test
    void cancelledCallsDoNotCloseTheLogForOthers() throws Exception {
        Path log = folder.resolve("calls.jsonl");
        ChatModels models = models(log);
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                boolean cancelled = i % 2 == 0;
                calls.add(
                        threads.submit(() -> {
                            if (cancelled) {
                                Thread.currentThread().interrupt();
                            }
                            return models.chat(
                                    atTurn("scripted:instant", "battle-1", 1), ChatListener.NONE);
                        }));
            }
        }

        assertThat(calls.stream().filter(call -> call.state() == Future.State.SUCCESS))
                .hasSize(250);
        assertThat(CallLog.read(log).calls()).hasSize(500);
    }

    @Test
    void processesShareTheLogAndAKillLosesNothing() throws Exception {
        Path log = folder.resolve("calls.jsonl");
        List<Process> processes =
                IntStream.range(0, 2).mapToObj(i -> start(log, "battle-" + i)).toList();
        for (Process process : processes) {
            awaitLine(process);
        }

        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }

        assertThat(CallLog.read(log).byConversation())
                .containsEntry("battle-0", CALLS_PER_PROCESS)
                .containsEntry("battle-1", CALLS_PER_PROCESS);
    }

    @Test
    void aLineStillBeingWrittenIsLeftForTheNextReading() throws Exception {
        Path log = folder.resolve("calls.jsonl");
        models(log).chat(atTurn("scripted:instant", "battle-1", 1), ChatListener.NONE);
        Files.writeString(log, "{\"at\":\"2026-", StandardOpenOption.APPEND);

        assertThat(CallLog.read(log).calls()).hasSize(1);
    }

    @Test
    void noFileMeansNoCallsAndAnotherFileIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "something else\n");

        assertThat(CallLog.read(folder.resolve("none")).calls()).isEmpty();
        assertThatThrownBy(() -> CallLog.read(other)).hasMessageContaining("is no call log");
    }

    @Test
    void aLogThatCannotBeWrittenIsRefusedAtOnce() {
        assertThatThrownBy(() -> models(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scripted.call-log");
    }

    /** A process that makes its calls, says so, and stays until it is killed. */
    public static void main(String[] args) throws Exception {
        ChatModels models = models(Path.of(args[0]));
        for (int i = 0; i < CALLS_PER_PROCESS; i++) {
            models.chat(atTurn("scripted:instant", args[1], 1), ChatListener.NONE);
        }
        System.out.println("called");
        Thread.currentThread().join();
    }

    private static Process start(Path log, String conversation) {
        try {
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CallLogTest.class.getName(),
                            log.toString(),
                            conversation)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("called");
    }

    private static ChatModels models(Path log) {
        return ChatModelsFactory.create(
                LlmSettings.defaults().withScripted(new ScriptedSettings(0.0, log, null)),
                new FakeTimepiece());
    }

    private static CallLog read(Path log) {
        try {
            return CallLog.read(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
