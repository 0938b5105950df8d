/** What every request goes through, and the files of the pages. */
package gatepost.console.web;
