/** What an HTTP call is to the connector that takes it, and to the API that answers it: neither needs the other. */
package gatepost.contracts.http;
