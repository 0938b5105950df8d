/** Who is signed in to the console. */
package gatepost.console.session;
