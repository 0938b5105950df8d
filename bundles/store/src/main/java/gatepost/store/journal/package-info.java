/** Records in files, one thread that writes them, and how space is won back. Knows nothing of ActiveMQ. */
package gatepost.store.journal;
