/**
 * The harness: fetches and compiles the peers, runs each in a process of its own, in turn, and
 * writes the table. Starts in {@link advx.peers.run.PeersMain}.
 */
package advx.peers.run;
