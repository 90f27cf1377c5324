#ifndef CSTATEMENTS_H
#define CSTATEMENTS_H

/// The first call among a cell's statements; it does nothing.
///
/// A cell hands the code of its functions on to later cells, whose compiler takes in what is short. A cell's statements
/// are a function to it as well. Theirs must not be handed on: a later cell would have to be compiled again when one of
/// them changes, which it cannot see. The compiler keeps back what calls a function of a module that is not imported for
/// clients, as this one (`@_spiOnly`).
static inline void _kdbookStatements(void) {}

#endif
