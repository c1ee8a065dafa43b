/** This engine as one peer among the others: {@link advx.peers.own.AdvxPeer}. */
package advx.peers.own;
