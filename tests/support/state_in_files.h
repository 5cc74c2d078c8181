// Runs whose state is in files, as far as their nodes can have it there.
#pragma once
#include <memory>

#include "core/runtime/run.h"
#include "core/store/spill_folder.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

namespace rw::test {

/// Beyond so many bytes, in files of memory; 0: all is in memory.
inline void putStateInFiles(RunOptions& options, std::uint64_t beyond = 1) {
    if (beyond == 0) return;
    options.stateMemory = beyond;
    options.spill = *SpillFolder::open(std::make_shared<MemoryOutputs>(), MemoryFiles(), "/state");
}

}  // namespace rw::test
