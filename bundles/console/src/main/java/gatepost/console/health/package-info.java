/** Whether Gatepost is well, for those who start, stop and balance it. */
package gatepost.console.health;
