/// What this version of kdbook is called.
package let toolVersion = "0.1.0"
