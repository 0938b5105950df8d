/** Where clients connect: one connector for each configuration, opened while the gate is open. */
package gatepost.broker.connector;
