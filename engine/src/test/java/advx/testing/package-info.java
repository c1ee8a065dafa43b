/**
 * What the tests of all modules share: {@link advx.testing.TestData} finds data sets, {@link
 * advx.testing.SkippedTests} names every test that did not run, {@link advx.testing.Forks} runs a
 * class in a JVM with other vectors, and {@link advx.testing.Allocation} counts allocated bytes.
 */
package advx.testing;
