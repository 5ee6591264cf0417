package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.policy.JsonPath.Segment;
import dev.battlestream.policy.JsonPath.Selector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {

    @Test
    void everyKindOfSegmentIsRead() {
        JsonPath path = JsonPath.parse("$.order['it\\'s'][\"a b\"][0][-1].*[*]..id..*..[2]");

        assertThat(path.segments())
                .containsExactly(
                        child(new Selector.Name("order")),
                        child(new Selector.Name("it's")),
                        child(new Selector.Name("a b")),
                        child(new Selector.Index(0)),
                        child(new Selector.Index(-1)),
                        child(new Selector.Wildcard()),
                        child(new Selector.Wildcard()),
                        new Segment(new Selector.Name("id"), true),
                        new Segment(new Selector.Wildcard(), true),
                        new Segment(new Selector.Index(2), true));
    }

    @Test
    void theRootAloneIsAPath() {
        assertThat(JsonPath.parse("$").segments()).isEmpty();
    }

    @Test
    void aNameMayBeOfAnyScript() {
        assertThat(JsonPath.parse("$.größe['\\u006eame']").segments())
                .containsExactly(
                        child(new Selector.Name("größe")), child(new Selector.Name("name")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.b | must begin with $",
                "`` | must begin with $",
                "$a | has something unexpected at character 2",
                "$. | has no name at character 3",
                "$.1a | has no name at character 3",
                "$[ | has no index that can be read at character 3",
                "$[01] | has no index that can be read at character 3",
                "$[-0] | has no index that can be read at character 3",
                "$[12345678901] | has no index that can be read at character 3",
                "$[1 | needs one name in quotes, one index or * between brackets at character 4",
                "$[1,2] | needs one name in quotes, one index or * between brackets at character 4",
                "$[1:2] | needs one name in quotes, one index or * between brackets at character 4",
                "$[?@.a==1] | has no index that can be read at character 3",
                "$['a | has a name without its closing quote",
                "$['\\x'] | has an unknown escape before character 6",
                "$['\\u00g0'] | has an unknown escape before character 6"
            })
    void whatIsNoPathIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> JsonPath.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 150})
    void aPathHasBounds(int names) {
        assertThatThrownBy(() -> JsonPath.parse("$" + ".a".repeat(names)))
                .hasMessageContaining("at most");
    }

    private static Segment child(Selector selector) {
        return new Segment(selector, false);
    }
}
