/** Bystanders of these tests must notice nothing, by the clock. */
@Alone
package gatepost.itests.fairness;

import gatepost.itests.harness.Alone;
