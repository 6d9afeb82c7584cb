package wagi.engine;

import run.endive.wasm.types.FunctionType;

/** A function that modules may import. */
public record HostFunction(String name, FunctionType type, HostCall call) {}
