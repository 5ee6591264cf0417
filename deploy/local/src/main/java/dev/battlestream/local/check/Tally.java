package dev.battlestream.local.check;

/**
 * What came of a check.
 *
 * @param same of which all sources say what the log says
 * @param different of which one does not
 * @param running that have not ended
 * @param unsettled that were read by a source not far enough to say
 * @param older of which the log no longer has all
 * @param gone that have left the view after its retention; the archive was compared
 */
public record Tally(
        long same, long different, long running, long unsettled, long older, long gone) {

    /** Nothing has been looked at. */
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

    public Tally plus(Tally more) {
        return new Tally(
                same + more.same,
                different + more.different,
                running + more.running,
                unsettled + more.unsettled,
                older + more.older,
                gone + more.gone);
    }

    /** What was compared and is certain. */
    public long checked() {
        return same + different;
    }

    /** The same for this many more that are equal. */
    public Tally same(long more) {
        return plus(new Tally(more, 0, 0, 0, 0, 0));
    }

    public Tally different(long more) {
        return plus(new Tally(0, more, 0, 0, 0, 0));
    }

    public Tally running(long more) {
        return plus(new Tally(0, 0, more, 0, 0, 0));
    }

    public Tally unsettled(long more) {
        return plus(new Tally(0, 0, 0, more, 0, 0));
    }

    public Tally older(long more) {
        return plus(new Tally(0, 0, 0, 0, more, 0));
    }

    public Tally gone(long more) {
        return plus(new Tally(0, 0, 0, 0, 0, more));
    }
}
