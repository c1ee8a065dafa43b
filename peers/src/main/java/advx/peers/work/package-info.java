/**
 * What is measured, and what a peer is: a {@link advx.peers.work.Peer} turns a {@link
 * advx.peers.work.Subject} into {@link advx.peers.work.Work} in a process of its own, {@link
 * advx.peers.work.PeerProcess}. It uses nothing but the JDK, so that it stands on any peer's class
 * path.
 */
package advx.peers.work;
