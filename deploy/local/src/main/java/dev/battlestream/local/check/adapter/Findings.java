package dev.battlestream.local.check.adapter;

/** Is told what a check finds, as it goes. */
public interface Findings {

    /** One field of which not all sources say the same. */
    void differs(String line);

    /** Something worth a line. */
    void note(String line);
}
