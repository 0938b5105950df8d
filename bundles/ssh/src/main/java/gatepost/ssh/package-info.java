/** Karaf's SSH server, with the shell and without files. */
package gatepost.ssh;
