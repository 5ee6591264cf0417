package dev.battlestream.gateway.exchange.adapter;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits.
 *
 * @param base any of them
 * @param bits how many bits are the same, 0 to all
 */
record AddressRange(InetAddress base, int bits) {

    private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F.:]{2,45})(?:/([0-9]{1,3}))?");

    /** IPv4, with or without a port; IPv6 in brackets with or without a port, or without both. */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?:([0-9.]{7,15})|\\[([0-9a-fA-F.:]{2,45})\\])(?::[0-9]{1,5})?"
                            + "|([0-9a-fA-F.:]{2,45})");

    AddressRange {
        if (bits < 0 || bits > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("an address has no " + bits + " bits");
        }
    }

    /**
     * Reads an address, which stands for itself only, or a range such as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static AddressRange parse(String text) {
        Matcher range = RANGE.matcher(text.strip());
        Optional<InetAddress> base = range.matches() ? literal(range.group(1)) : Optional.empty();
        if (base.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no address and no range of them");
        }
        String bits = range.group(2);
        return new AddressRange(
                base.get(),
                bits == null ? base.get().getAddress().length * Byte.SIZE : Integer.parseInt(bits));
    }

    /** The address that a text is; empty for a host name, which is never looked up. */
    static Optional<InetAddress> literal(String text) {
        Matcher address = ADDRESS.matcher(text.strip());
        if (!address.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= address.groupCount(); group++) {
            if (address.group(group) != null) {
                return read(address.group(group));
            }
        }
        return Optional.empty();
    }

    private static Optional<InetAddress> read(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean holds(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] its = address.getAddress();
        if (ours.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
