/** The packaged server for a long time, among polite and hostile requests and reloads. */
package wagi.benchmarks.soak;
