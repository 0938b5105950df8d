/** May they? The entry map from Config Admin, put in force all at once or not at all, and offered to the broker as a plugin. */
package gatepost.authorization;
