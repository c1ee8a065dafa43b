/** Attacks on classifiers, defences against them, and the analysis of both. */
package advx.attacks;
