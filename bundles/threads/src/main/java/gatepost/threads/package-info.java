/** The threads that bundles have of their own, and what runs on them again and again. */
package gatepost.threads;
