/** The providers, one class each, with what they share: retry, prices and the call log. */
@NullMarked
package dev.battlestream.llm.adapter;

import org.jspecify.annotations.NullMarked;
