// Tells those who watch a run how far the rows of windows lie behind others.
#pragma once
#include "core/stream/disorder.h"
#include "core/stream/windows/window_slicing.h"

namespace rw {

/// Rows of a batch at that port, each judged by its last window. Rows without an event time that windows can
/// hold are rejected, and not judged.
void measureWindows(DisorderMeter& meter, int port, const Batch& batch, const WindowSlicing& slicing);

}  // namespace rw
