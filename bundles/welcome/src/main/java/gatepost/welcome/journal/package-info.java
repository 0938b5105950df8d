/** Who was greeted, kept through stops and crashes. */
package gatepost.welcome.journal;
