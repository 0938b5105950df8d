/** Real clients: Debian's ruby-stomp in scripts of {@code src/ruby}, npm's stompjs in Chromium on pages of {@code src/web}. */
package gatepost.itests.harness.library;
