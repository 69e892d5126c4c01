// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.Map;

/** What of the API is in no matrix, and why. */
final class ApiExemptions {

    private static final String VALUE = "a value, made once and never changed";
    private static final String CALLED = "implemented by the user, called by the library";
    private static final String MAKES = "makes something: not for NMI";
    private static final String WAITS = "waits for readers: not for NMI, refused in a section";
    private static final String TASK = "for task context, by contract";

    /** Types of which no method is. */
    static final Map<String, String> TYPES = Map.ofEntries(
        Map.entry("ArmedTimer", VALUE), Map.entry("Audit", VALUE), Map.entry("ClockId", VALUE), Map.entry("IdleMode", VALUE),
        Map.entry("Status", VALUE), Map.entry("StatusException", VALUE), Map.entry("RcuStats", VALUE),
        Map.entry("ReaderMode", VALUE),
        Map.entry("StallReport", VALUE), Map.entry("AsyncRuntimeBuilder", "one thread's, before there is a runtime"),
        Map.entry("CallbackErrorHandler", CALLED), Map.entry("CloseHandler", CALLED), Map.entry("ExpiryCallback", CALLED),
        Map.entry("SlowCallbackHandler", CALLED), Map.entry("TimerCallback", CALLED), Map.entry("WorkCallback", CALLED),
        Map.entry("DeadlineSource", CALLED), Map.entry("IrqWorkErrorHandler", CALLED), Map.entry("Parker", CALLED),
        Map.entry("Raiser", CALLED), Map.entry("StallListener", CALLED),
        Map.entry("Outcome", VALUE), Map.entry("Push", VALUE), Map.entry("StillArmed", VALUE),
        Map.entry("Tier", VALUE),
        Map.entry("Builder", "one thread's, before there is a domain"),
        Map.entry("BusySpinIdle", "does nothing"), Map.entry("ParkIdle", "a HybridIdle with other numbers"));

    /** Methods that are neither interrupted nor interrupt. */
    static final Map<String, String> METHODS = Map.of(
        "AsyncRuntime.builder", MAKES,
        "AsyncRuntime.close", "ends the runtime, and every call after it; see the tests of closing",
        "AsyncClock.system", MAKES, "Rcu.builder", MAKES, "Rcu.close", "ends the domain, in task context",
        "HybridIdle.bind", "before the worker begins", "IrqWorkQueue.sync", "waits for the owner",
        "Rcu.readerMode", "settled when the domain is made",
        "RcuSlot.close", "unlock, for try-with-resources", "RefCount.reset", "before the object is published");

    /** Methods that interrupt nobody. */
    static final Map<String, String> NOT_NESTED = Map.ofEntries(
        Map.entry("AsyncRuntime.loadProgram", MAKES), Map.entry("AsyncRuntime.newTimer", MAKES),
        Map.entry("AsyncRuntime.hashMap", MAKES), Map.entry("AsyncRuntime.growingHashMap", MAKES),
        Map.entry("AsyncRuntime.lruHashMap", MAKES), Map.entry("AsyncRuntime.arrayMap", MAKES),
        Map.entry("AsyncRuntime.arrayOfMaps", MAKES), Map.entry("AsyncRuntime.hashOfMaps", MAKES),
        Map.entry("AsyncRuntime.audit", TASK), Map.entry("AsyncClock.onStep", TASK), Map.entry("AsyncClock.offStep", TASK),
        Map.entry("ManualClock.onStep", TASK), Map.entry("ManualClock.offStep", TASK),
        Map.entry("Rcu.barrier", WAITS), Map.entry("Rcu.callRcuThrottled", WAITS), Map.entry("Rcu.reclaim", WAITS),
        Map.entry("Rcu.condSynchronize", WAITS), Map.entry("Rcu.synchronize", WAITS),
        Map.entry("Rcu.synchronizeExpedited", WAITS));

    private ApiExemptions() {
    }
}
