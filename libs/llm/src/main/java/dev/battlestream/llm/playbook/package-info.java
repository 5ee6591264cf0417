/**
 * What a scripted model says, how long it takes and when it fails: a pure function of the playbook
 * and the request, so that a battle repeats exactly, also after a crash.
 */
@NullMarked
package dev.battlestream.llm.playbook;

import org.jspecify.annotations.NullMarked;
