// What becomes of memory that is freed.
#pragma once

namespace rw {

/// From now on freed memory goes back to the system after 50 ms instead of 10 s, where the heap of the
/// process is jemalloc and the thread goes on to use it; elsewhere this does nothing. A run whose state is in
/// files frees a lot that it does not need again soon: it would take half as much again as it may, or more.
/// Any thread; the first call of a process takes microseconds, others nothing.
void returnFreedMemorySoon();

}  // namespace rw
