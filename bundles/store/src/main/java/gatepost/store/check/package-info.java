/** The check of a store from a command line, without a running Gatepost: {@code bin/store-check}. */
package gatepost.store.check;
