package dev.battlestream.runner.battle;

import java.math.BigDecimal;

/**
 * The most that a call for a message can cost, in US dollars, as a function of the conversation
 * before it; every attempt that a provider may charge for is in it.
 *
 * @param baseUsd with nothing played yet: the prompts, the opening and a message of full length
 * @param perMessageUsd more for each message played
 * @param perByteUsd more for each byte of UTF-8 in them
 */
public record CallPrice(BigDecimal baseUsd, BigDecimal perMessageUsd, BigDecimal perByteUsd) {

    public static final CallPrice FREE =
            new CallPrice(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** The worst case after so many messages of so many bytes in all. */
    public BigDecimal worstCase(int messages, long bytes) {
        return baseUsd.add(perMessageUsd.multiply(BigDecimal.valueOf(messages)))
                .add(perByteUsd.multiply(BigDecimal.valueOf(bytes)));
    }
}
