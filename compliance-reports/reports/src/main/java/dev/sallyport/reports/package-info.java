/**
 * Compliance reports: what a tenant's ledger shows for a period, control by control. The catalogue of controls is
 * data beside the classes; a report is a function of the ledger, the catalogue and the generator's version, so
 * that it comes out the same, byte for byte, whenever it is made again. Never on a request's path: the audit
 * routes and the command line use it.
 */
@NullMarked
package dev.sallyport.reports;

import org.jspecify.annotations.NullMarked;
