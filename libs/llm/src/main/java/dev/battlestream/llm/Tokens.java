package dev.battlestream.llm;

/**
 * What an attempt used, as its provider counted; all 0 or more.
 *
 * @param in of the request, those of a cache included
 * @param out of the reply, hidden reasoning included
 * @param cachedIn those of the request that were taken from the provider's cache, at most {@code
 *     in}
 * @param cacheWriteIn those of the request that were put into the provider's cache, at most what
 *     the others leave of {@code in}
 */
public record Tokens(int in, int out, int cachedIn, int cacheWriteIn) {

    /** The provider did not say. */
    public static final Tokens UNKNOWN = new Tokens(0, 0, 0, 0);

    /** Counts come from outside: what cannot be is brought to the nearest that can. */
    public Tokens {
        in = Math.max(0, in);
        out = Math.max(0, out);
        cachedIn = Math.clamp(cachedIn, 0, in);
        cacheWriteIn = Math.clamp(cacheWriteIn, 0, in - cachedIn);
    }

    /** Nothing of the request was in a cache or went there. */
    public static Tokens uncached(int in, int out) {
        return new Tokens(in, out, 0, 0);
    }

    /** Those of the request that no cache had to do with. */
    public int plainIn() {
        return in - cachedIn - cacheWriteIn;
    }
}
