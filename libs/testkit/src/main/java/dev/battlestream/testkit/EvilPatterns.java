package dev.battlestream.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Regular expressions that hang, or exhaust the memory of, whoever takes them in good faith, and
 * texts that make them do so. Every place that takes an expression from a caller is tried with
 * them. None is longer than 1,000 characters: longer ones are refused unread.
 */
public final class EvilPatterns {

    private static final int LONGEST = 1_000;

    private static final List<String> ATOMS =
            List.of(
                    "a",
                    "b",
                    "ab",
                    ".",
                    "\\w",
                    "\\s",
                    "\\b",
                    "^",
                    "$",
                    "[a-z]",
                    "[^a]",
                    "[[:alpha:]]",
                    "\\pL",
                    "\\p{Greek}",
                    "\\x{1F600}",
                    "[\\x{0}-\\x{10FFFF}]",
                    "\\Qa+\\E",
                    "é",
                    "(?i)k",
                    "");

    private static final List<String> REPEATS =
            List.of(
                    "*",
                    "+",
                    "?",
                    "*?",
                    "+?",
                    "??",
                    "{2}",
                    "{0,3}",
                    "{5,}",
                    "{30}",
                    "{1000}",
                    "{1,1000}",
                    "{0}",
                    "{2,1}",
                    "{1001}",
                    "++",
                    "**");

    private static final List<String> BROKEN =
            List.of(")", "(", "[", "\\", "{", "(?", "(?P<", "[z-a]", "\\1", "(?=", "(?<!", "\\p{");

    private EvilPatterns() {}

    /** What has brought down others, each by its own way. */
    public static List<String> classics() {
        List<String> patterns =
                new ArrayList<>(
                        List.of(
                                // A backtracking matcher tries every way to split the text.
                                "(a+)+$",
                                "([a-zA-Z]+)*$",
                                "(a|aa)+$",
                                "(a|a?)+$",
                                "(x+x+)+y",
                                "(.*a){25}",
                                "(.*a){12}$",
                                "(.*,){50}P",
                                "((((a*)*)*)*)*b",
                                "^(([a-z])+.)+[A-Z]([a-z])+$",
                                "\\b(\\w+\\s?)*$",
                                "^(?:a?){500}a{500}$",
                                "([\\s\\S]*?\\w+)*!",
                                "(?i)(k+K+)+$",
                                "(\\w|\\d|[a-z]|\\pL)*@$",
                                // Counted repetitions are copied when they are compiled.
                                "((a{900}){900}){900}",
                                "((a{0,1000}){0,1000}){0,1000}",
                                "(.*){1000}(.*){1000}",
                                "(a{99}b{99}){99}",
                                "a{1000}{1000}",
                                "((a*){999}){999}",
                                "(\\Q(((\\E{999}){999}",
                                "([[:alpha:]\\]{1}]{999}){999}",
                                "(\\x{41}{999}){999}",
                                "a{999999999}",
                                "a{,999999999}",
                                "x{0}{1000}{1000}{1000}",
                                // Classes with many ranges, folded and negated.
                                "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+$",
                                "(\\p{Greek}|\\p{Han}|\\p{L}|\\p{Lu})+$",
                                "(?i)[\\x{0}-\\x{10FFFF}]{900}",
                                "[^\\x{0}-\\x{10FFFE}]+",
                                "(?i)(\\pL+)+$",
                                "(?i)[^\\pL\\pM\\pN]{400}",
                                // What only a backtracking matcher can do.
                                "(?=(a+))a*b",
                                "(?<=a)b",
                                "(a*)\\1+$",
                                "a*+b",
                                "(?>a+)b"));
        patterns.add("(".repeat(450) + "a" + ")".repeat(450));
        patterns.add("(?:".repeat(190) + "a" + ")*".repeat(190));
        patterns.add("(".repeat(120) + "a" + "){2}".repeat(120));
        patterns.add("a?".repeat(333) + "a".repeat(333));
        patterns.add("a*".repeat(450) + "b");
        patterns.add(".*".repeat(450) + "b$");
        patterns.add("(?:" + alternatives("a", 1) + ")+$");
        patterns.add("(?:" + alternatives("(?:a|b)*", 8) + ")*!");
        patterns.add("[" + "\\pL\\pN\\pS".repeat(100) + "]+$");
        patterns.add("(?i)" + "[^\\pL]".repeat(150));
        patterns.add("[" + "[:".repeat(499));
        patterns.add("\\p{".repeat(333));
        patterns.add("[^".repeat(500));
        patterns.add("\\Q".repeat(500));
        return List.copyOf(patterns);
    }

    /** a|aa|aaa…, as many as there is room for. */
    private static String alternatives(String part, int width) {
        int most = (int) Math.sqrt(2.0 * (LONGEST - 20) / width) - 1;
        return IntStream.rangeClosed(1, most)
                .mapToObj(part::repeat)
                .collect(Collectors.joining("|"));
    }

    /** Expressions put together at random; the same ones for the same seed. */
    public static Stream<String> generated(long seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(_ -> generated(random));
    }

    private static String generated(Random random) {
        String pattern = sequence(random, 1 + random.nextInt(5));
        if (random.nextInt(8) == 0) {
            int at = random.nextInt(pattern.length() + 1);
            pattern = pattern.substring(0, at) + one(BROKEN, random) + pattern.substring(at);
        }
        return pattern.length() > LONGEST ? pattern.substring(0, LONGEST) : pattern;
    }

    private static String sequence(Random random, int depth) {
        StringBuilder sequence = new StringBuilder();
        for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
            sequence.append(part(random, depth));
            if (parts > 1 && random.nextInt(4) == 0) {
                sequence.append('|');
            }
        }
        return sequence.toString();
    }

    private static String part(Random random, int depth) {
        String part =
                depth == 0 || random.nextInt(3) == 0
                        ? one(ATOMS, random)
                        : one(List.of("(", "(?:", "(?i:", "(?P<n%d>".formatted(depth)), random)
                                + sequence(random, depth - 1)
                                + ")";
        return random.nextBoolean() ? part + one(REPEATS, random) : part;
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /**
     * Texts that almost match, so that a matcher has to try everything.
     *
     * @param length characters of each
     */
    public static List<String> texts(int length) {
        return List.of(
                "a".repeat(length - 1) + "!",
                "ab".repeat(length / 2),
                "a,".repeat(length / 2),
                "kK\u212a ".repeat(length / 4),
                "\ud83d\ude00é\n".repeat(length / 4));
    }

    /** Time that something takes of a processor: other programs of the machine do not count. */
    public static Duration processorTime(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin);
    }
}
