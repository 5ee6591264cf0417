/** Tests of what playbooks say, when, and how they fail. */
@NullMarked
package dev.battlestream.llm.playbook;

import org.jspecify.annotations.NullMarked;
