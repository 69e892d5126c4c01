// SPDX-License-Identifier: Apache-2.0

/** Read-copy-update: wait-free read sections, grace periods and deferred reclamation. */
module io.latchwork.rcu {
    exports io.latchwork.rcu;
}
