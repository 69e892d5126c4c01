// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The flavours that can be tortured. */
enum FlavourKind {
    /** The library. */
    SYMMETRIC(DomainFlavour::new),
    /** The library, its readers without fences. */
    ASYMMETRIC(DomainFlavour::new),
    BUSTED_CALLBACKS(BustedFlavours.Callbacks::new),
    BUSTED_SYNC(BustedFlavours.Sync::new),
    BUSTED_READERS(BustedFlavours.Readers::new),
    BUSTED_COOKIE(BustedFlavours.Cookie::new),
    BUSTED_NEST(BustedFlavours.Nest::new),
    BUSTED_BARRIER(BustedFlavours.Barrier::new),
    BUSTED_LOSSY(BustedFlavours.Lossy::new),
    BUSTED_SLEEPY(BustedFlavours.Sleepy::new),
    BUSTED_STUCK(BustedFlavours.Stuck::new),
    BUSTED_UNDEAD(BustedFlavours.Undead::new);

    private final Function<Setup, Flavour> maker;

    FlavourKind(final Function<Setup, Flavour> maker) {
        this.maker = maker;
    }

    Flavour make(final Setup setup) {
        return maker.apply(setup);
    }

    boolean isBusted() {
        return this != SYMMETRIC && this != ASYMMETRIC;
    }

    /** Whether its bug shows only in that something does not end. */
    boolean hangs() {
        return this == BUSTED_SLEEPY || this == BUSTED_STUCK || this == BUSTED_UNDEAD;
    }

    /** The scenarios in which it does something of its own: readers without a slot of their own fence in any case. */
    List<Scenario> scenarios() {
        return switch (this) {
            case SYMMETRIC -> List.of(Scenario.values());
            case ASYMMETRIC -> List.of(Scenario.ROOMY, Scenario.CROWDED);
            default -> List.of(Scenario.ROOMY);
        };
    }

    /** The name on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
