/** Classes that break every house rule, so that each rule is known to be able to fail. */
package canary;
