// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.contract.Feature;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a variant must have for a ported test, or all of a class, to mean anything. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Needs {
    /** All of them are needed. */
    Feature[] value();
}
