/** Who is on line, and who is told of it. */
package gatepost.presence;
