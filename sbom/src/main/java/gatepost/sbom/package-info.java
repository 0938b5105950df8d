/** Says what is in the archive that is shipped, as a CycloneDX document. Part of the build, not of Gatepost. */
package gatepost.sbom;
