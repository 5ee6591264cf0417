package dev.battlestream.llm.adapter;

import java.util.List;

/**
 * Tells what a model says aloud from what it thinks. Local models write their reasoning at the
 * beginning of the text itself, between tags; here it is dropped, even if a tag comes in pieces.
 * Tags further on are part of what is said.
 */
final class HiddenReasoning {

    private static final List<String> TAGS = List.of("think", "thinking");

    private enum Place {
        /** Nothing was said yet. */
        BEGINNING,
        /** Within the tags. */
        HIDDEN,
        /** Behind them, or there were none. */
        ALOUD
    }

    private Place place = Place.BEGINNING;

    /** What cannot be judged yet: at most white space and a tag. */
    private String held = "";

    private String closing = "";
    private boolean thought;

    /** The part of the text so far that is said aloud and was not given back yet. */
    String aloud(String piece) {
        String text = held + piece;
        held = "";
        while (true) {
            switch (place) {
                case ALOUD -> {
                    return text;
                }
                case BEGINNING -> {
                    String start = text.stripLeading();
                    // What separates thoughts from speech is no part of it.
                    text = thought ? start : text;
                    if (TAGS.stream().anyMatch(tag -> opening(tag).startsWith(start))
                            && TAGS.stream().noneMatch(tag -> opening(tag).equals(start))) {
                        held = text;
                        return "";
                    }
                    place =
                            TAGS.stream().anyMatch(tag -> start.startsWith(opening(tag)))
                                    ? Place.HIDDEN
                                    : Place.ALOUD;
                    if (place == Place.HIDDEN) {
                        String tag = start.substring(1, start.indexOf('>'));
                        closing = "</" + tag + ">";
                        thought = true;
                        text = start.substring(opening(tag).length());
                    }
                }
                case HIDDEN -> {
                    int end = text.indexOf(closing);
                    if (end < 0) {
                        held = text.substring(Math.max(0, text.length() - closing.length() + 1));
                        return "";
                    }
                    // A model may think again before it speaks.
                    text = text.substring(end + closing.length());
                    place = Place.BEGINNING;
                }
            }
        }
    }

    /** What was held back and turns out to be said aloud, because no more follows. */
    String end() {
        String rest = place == Place.BEGINNING ? held : "";
        held = "";
        return rest;
    }

    private static String opening(String tag) {
        return "<" + tag + ">";
    }
}
