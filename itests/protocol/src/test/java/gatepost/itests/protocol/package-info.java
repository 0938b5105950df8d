/** Bystanders of these tests must notice nothing, by the clock. */
@Alone
package gatepost.itests.protocol;

import gatepost.itests.harness.Alone;
