/** Whole servers under load: starts them, drives them with wrk, writes tables. */
package wagi.benchmarks.load;
