#include "CSpawn.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static int told = -1;

static void tell(int number) {
    const int before = errno;
    const unsigned char byte = (unsigned char)number;
    // The pipe is empty and open: writing one byte neither waits nor fails.
    if (write(told, &byte, 1) < 0) errno = 0;
    errno = before;
}

void kdbook_tell_signals(int descriptor, const int numbers[], int count) {
    told = descriptor;
    struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART | SA_RESETHAND};
    for (int i = 0; i < count; i++) sigaction(numbers[i], &action, NULL);
}
