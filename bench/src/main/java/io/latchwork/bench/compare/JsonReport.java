// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.latchwork.bench.report.Machine;
import java.io.IOException;
import java.io.Writer;

/** The report for programs. All times are nanoseconds. */
final class JsonReport {
    private JsonReport() {
    }

    static void write(Report report, Writer to) throws IOException {
        JsonWriter json = new JsonWriter(to);
        json.setFormattingStyle(FormattingStyle.PRETTY);
        json.setSerializeNulls(true);
        json.beginObject();
        json.name("capture").value(report.traffic().name());
        json.name("packets").value(report.traffic().size());
        json.name("flows").value(report.traffic().flows());
        json.name("threads").value(report.measurement().deal().threads());
        json.name("jdk").value(Machine.jdk());
        json.name("variants").beginArray();
        for (Result result : report.results()) {
            write(result, json);
        }
        json.endArray();
        json.endObject();
        json.flush();
        to.write(System.lineSeparator());
        to.flush();
    }

    private static void write(Result result, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("name").value(result.name());
        json.name("ops").value(result.tally().ops());
        json.name("opsPerSecond").value(result.opsPerSecond());
        json.name("p50").value(result.p50());
        json.name("p99").value(result.p99());
        json.name("p999").value(result.p999());
        json.name("p9999").value(result.p9999());
        json.name("max").value(result.tally().max());
        json.name("bytesPerOp").value(result.tally().bytesPerOp());
        json.name("expiries").value(result.tally().expiries());
        json.name("differences").value(result.differences());
        json.name("ratioToLocked").value(result.ratioToLocked());
        if (result.baseLock() != null) {
            json.name("baseLock").value(result.baseLock());
        }
        json.endObject();
    }
}
