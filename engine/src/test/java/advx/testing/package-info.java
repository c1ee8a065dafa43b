/**
 * What the tests of all modules share: {@link advx.testing.TestData} finds data sets, and {@link
 * advx.testing.SkippedTests} names every test that did not run.
 */
package advx.testing;
