package dev.battlestream.local.rebuild.adapter;

/** Is told how far the folding is. */
public interface Folded {

    /** Offsets that were folded of those to fold, which does not change. */
    void of(long folded, long total);
}
