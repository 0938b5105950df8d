/** What an operator wants to know before or instead of a change: which entries speak of it, what a changed file would do. */
package gatepost.authorization.review;
