// What a row of a window would be with the rows that came too late for it: computed by the node itself, in a
// run in which it takes them as if they had come in time.
#pragma once
#include "core/lineage/gather.h"
#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/lineage/versions.h"

namespace rw {

/// Sets `withLate` of the steps to nodes that were asked about one row and have late rows; of several steps
/// to one node that of the last one with late rows, and it is with the late rows of all. An error only where
/// it was cancelled: what else keeps it from being told is in the notes.
Status tellWithLate(const Upstream& upstream, Gatherer& gatherer, const AskedRows& asked, Lineage& lineage);

}  // namespace rw
