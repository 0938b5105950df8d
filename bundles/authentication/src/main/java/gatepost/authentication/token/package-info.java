/** The keys of tokens, and what makes a token good. */
package gatepost.authentication.token;
