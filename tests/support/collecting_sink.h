// csv_sink as restarts need it: its rows stand in snapshots, and the file is written once, at the end.
#pragma once
#include "core/pipeline/node_kind.h"

namespace rw::test {

/// `kinds` with the type csv_sink replaced: the same parameters and the same file, but a run that goes on
/// from a snapshot ends with the rows before it, too.
Catalogue withCollectingSinks(const Catalogue& kinds);

}  // namespace rw::test
