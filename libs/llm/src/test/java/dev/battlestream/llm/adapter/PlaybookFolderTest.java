package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ScriptedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybookFolderTest {

    @TempDir Path folder;

    @Test
    void aPlaybookOfOnesOwnIsPlayedBesideTheShippedOnes() throws Exception {
        write("mine", "about: Mine.\nreplies: [Hello there]\n");

        ChatModels models = models();

        assertThat(models.chat(asking("scripted:mine", "hi"), ChatListener.NONE).text())
                .isEqualTo("Hello there");
        assertThat(models.chat(asking("scripted:judge", "hi"), ChatListener.NONE).text())
                .contains("verdict");
    }

    @Test
    void aShippedNameKeepsItsMeaning() throws IOException {
        write("judge", "about: Mine.\nreplies: [Hello there]\n");

        assertThatThrownBy(this::models)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("judge is shipped");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() ->
                        ChatModelsFactory.create(
                                LlmSettings.defaults()
                                        .withScripted(new ScriptedSettings(1.0, null, missing))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    replies: [a]                                       | about must be a text
                    {about: x}                                         | has replies
                    {about: x, replies: [a], repliez: [b]}             | has no repliez
                    {about: x, replies: a}                             | replies must be a list
                    {about: x, replies: [1]}                           | replies must be a text
                    {about: x, replies: [a], latencyMillis: {mean: 1}} | spread must be a whole number
                    {about: x, replies: [a], price: {inputPerMillionUsd: 'x', outputPerMillionUsd: '1'}} | The playbook mine
                    {about: x, replies: [a], failures: [{kind: NONE, detail: d}]} | NONE
                    !!java.net.URL [x]                                 | The playbook mine
                    - a list                                           | must be a mapping
                    """)
    void whatIsNoPlaybookIsRefusedReadably(String yaml, String message) throws IOException {
        write("mine", yaml);

        assertThatThrownBy(this::models)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The playbook mine cannot be read")
                .hasMessageContaining(message);
    }

    private ChatModels models() {
        return ChatModelsFactory.create(
                LlmSettings.defaults().withScripted(new ScriptedSettings(1.0, null, folder)));
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }
}
