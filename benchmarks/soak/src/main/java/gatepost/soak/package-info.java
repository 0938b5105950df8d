/** Clients that come and go for an hour while the map is edited and Gatepost is killed: nothing is lost, and nothing grows. */
package gatepost.soak;
