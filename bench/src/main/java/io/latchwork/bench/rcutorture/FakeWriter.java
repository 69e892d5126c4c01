// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** Wants grace periods, like the writer and beside it, and updates nothing. */
final class FakeWriter extends Worker {
    private final UpdateSide updates = new UpdateSide(run, random);

    FakeWriter(final Run run, final int number) {
        super(run, "fake-writer-" + number);
    }

    @Override
    void round() throws InterruptedException {
        final UpdateKind kind = updates.choose();
        if (kind.callsBack) {
            updates.post(kind, updates.newCheck());
        } else {
            updates.await(kind);
        }
        rest(random.nextInt(3));
    }
}
