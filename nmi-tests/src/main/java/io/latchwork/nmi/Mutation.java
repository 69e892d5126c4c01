// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/**
 * One bug, put into one method of one class by rewriting its class file. Nothing of the kit is needed to run the
 * result, so it can be defined by any class loader and looked at by any checker.
 *
 * <p>Common to all: {@code className} is a binary name. {@code method} is a name, for all overloads of it, or a name
 * with a descriptor, as in {@code "free(I)V"}. {@code occurrence} counts the matching places of these methods from 0,
 * in the order of the class file. A mutation that finds no such place throws: a mutant that is no mutant proves
 * nothing.
 *
 * <p>A VarHandle is named by the static field it is loaded from. It must be used directly: not kept in a local
 * variable.
 */
public interface Mutation {

    /**
     * The class to mutate.
     *
     * @return its binary name
     */
    String className();

    /**
     * Applies the mutation.
     *
     * @param classFile the class file
     * @return the mutated class file
     * @throws IllegalArgumentException if it is another class, or the place is not found
     */
    byte[] apply(byte[] classFile);

    /**
     * Changes the access mode of a VarHandle call to another one of the same shape: setVolatile to setRelease, set or
     * setOpaque; getAcquire to get; getAndAdd to getAndAddRelease, and so on. One thread alone cannot tell these
     * apart: for checkers with real threads. The two modes must take and answer the same.
     *
     * @param className the class
     * @param method the method
     * @param handle the static field that holds the VarHandle
     * @param from the mode, for example "setVolatile"
     * @param to the mode to use instead
     * @param occurrence which of the calls, from 0
     * @return the mutation
     */
    static Mutation varHandleMode(final String className, final String method, final String handle, final String from,
                                  final String to, final int occurrence) {
        AccessModes.requireSameShape(from, to);
        return new ClassRewrite(className, method, occurrence, handle + '.' + from + " -> " + to,
            (out, context) -> new ModeChange(out, context, handle, from, to));
    }

    /**
     * Takes an atomic update apart: a compareAndSet or compareAndExchange of any flavour becomes a get, a comparison
     * and a set; a getAndSet, getAndAdd, getAndBitwiseOr, And or Xor becomes a get and a set. Other threads and nested
     * calls can come in between.
     *
     * @param className the class
     * @param method the method
     * @param handle the static field that holds the VarHandle
     * @param mode the mode of the update, for example "getAndBitwiseOr"
     * @param occurrence which of the calls, from 0
     * @return the mutation
     */
    static Mutation splitAtomic(final String className, final String method, final String handle, final String mode,
                                final int occurrence) {
        return new ClassRewrite(className, method, occurrence, handle + '.' + mode + " taken apart",
            (out, context) -> new AtomicSplit(out, context, handle, mode));
    }

    /**
     * Leaves out a call: its arguments are computed and dropped, and it answers null, zero or false.
     *
     * @param className the class
     * @param method the method
     * @param owner binary name of the class that the call names
     * @param name name of the called method
     * @param occurrence which of the calls, from 0
     * @return the mutation
     */
    static Mutation dropCall(final String className, final String method, final String owner, final String name,
                             final int occurrence) {
        return answerCall(className, method, owner, name, occurrence, 0);
    }

    /**
     * Leaves out a call that answers an int or a boolean and answers a constant instead: "the check always says yes".
     *
     * @param className the class
     * @param method the method
     * @param owner binary name of the class that the call names
     * @param name name of the called method
     * @param occurrence which of the calls, from 0
     * @param answer the constant; for other types than int and boolean it must be 0
     * @return the mutation
     */
    static Mutation answerCall(final String className, final String method, final String owner, final String name,
                               final int occurrence, final int answer) {
        return new ClassRewrite(className, method, occurrence, owner + '.' + name + " left out, answers " + answer,
            (out, context) -> new CallDrop(out, context, owner.replace('.', '/'), name, answer));
    }

    /**
     * Calls another method of the same class and descriptor instead: to exchange two calls, or to use a sibling.
     *
     * @param className the class
     * @param method the method
     * @param owner binary name of the class that the call names
     * @param name name of the called method
     * @param instead name of the method to call
     * @param occurrence which of the calls, from 0
     * @return the mutation
     */
    static Mutation replaceCall(final String className, final String method, final String owner, final String name,
                                final String instead, final int occurrence) {
        return new ClassRewrite(className, method, occurrence, owner + '.' + name + " -> " + instead,
            (out, context) -> new CallChange(out, context, owner.replace('.', '/'), name, instead));
    }

    /**
     * Exchanges two statements of one method: the one that holds the first call of {@code firstName} and the one that
     * holds the first call of {@code secondName}. Each must have source lines of its own, and hold no branch.
     *
     * @param className the class
     * @param method the method
     * @param firstName name of a method called in one of the statements
     * @param secondName name of a method called in the other one
     * @return the mutation
     */
    static Mutation swapStatements(final String className, final String method, final String firstName,
                                   final String secondName) {
        return new ClassRewrite(className, method, 0,
            "statements of " + firstName + " and " + secondName + " exchanged",
            (out, context) -> new StatementSwap(out, context, firstName, secondName));
    }

    /**
     * Makes a conditional jump go the same way always.
     *
     * @param className the class
     * @param method the method
     * @param occurrence which of the conditional jumps, from 0; those of assertions count
     * @param taken whether it jumps; javac jumps over the body of an {@code if} whose condition is false
     * @return the mutation
     */
    static Mutation forceJump(final String className, final String method, final int occurrence, final boolean taken) {
        return new ClassRewrite(className, method, occurrence,
            "conditional jump " + (taken ? "always" : "never") + " taken",
            (out, context) -> new JumpForce(out, context, taken));
    }

    /**
     * Inverts a conditional jump: the branch is taken when it should not be.
     *
     * @param className the class
     * @param method the method
     * @param occurrence which of the conditional jumps, from 0; those of assertions count
     * @return the mutation
     */
    static Mutation invertJump(final String className, final String method, final int occurrence) {
        return new ClassRewrite(className, method, occurrence, "conditional jump inverted", JumpInversion::new);
    }
}
