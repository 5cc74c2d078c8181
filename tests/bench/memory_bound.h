// The least that a row can cost: reading it from memory once.
#pragma once
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"

namespace rw::bench {

/// Nanoseconds in which one core reads a byte from memory, measured when it is asked first.
double nanosecondsAByte();
/// Nanoseconds in which it reads the columns `read` of a row of the batches.
double memoryBound(const std::vector<Batch>& batches, const ColumnSet& read);

}  // namespace rw::bench
