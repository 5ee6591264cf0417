/** Tests of the providers, against servers of their own, and of retry. */
@NullMarked
package dev.battlestream.llm.adapter;

import org.jspecify.annotations.NullMarked;
