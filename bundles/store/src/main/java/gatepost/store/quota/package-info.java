/** Who keeps how much, and who may keep more. */
package gatepost.store.quota;
