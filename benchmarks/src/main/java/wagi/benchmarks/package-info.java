/** Benchmarks, and the programs that the load scripts start. */
package wagi.benchmarks;
