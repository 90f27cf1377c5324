#ifndef KDBOOK_ZEROS_H
#define KDBOOK_ZEROS_H

/// Whether products leave out terms whose left factor is zero: as is quicker, always where it can be done, or never.
/// No result depends on it.
typedef enum { KD_ZEROS_AUTO, KD_ZEROS_SKIP, KD_ZEROS_DENSE } kd_zeros;

/// The choice in use: KDBOOK_ZEROS=auto|skip|dense, else auto.
kd_zeros kd_current_zeros(void);

/// Chooses from now on.
void kd_select_zeros(kd_zeros choice);

#endif
