/** The RMI registry in which clients find JMX, and nobody else can put anything. */
package gatepost.management;
