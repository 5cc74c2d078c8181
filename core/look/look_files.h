// The files that a look may read.
#pragma once
#include <atomic>
#include <functional>
#include <memory>

#include "core/base/files.h"
#include "core/pipeline/file_reach.h"

namespace rw {

/// How much of files one reader has read, and how much it may. Any thread.
struct ReadBudget {
    explicit ReadBudget(std::uint64_t bytes) : left(bytes) {}
    std::atomic<std::uint64_t> left;
};

/// Those of `base` within `reach`. Reading is given up, with ErrorCode::Cancelled, once `stops`, and with
/// ErrorCode::Refused when `budget` (null: none) is spent. There is no standard input: its bytes belong to
/// the run. Any thread.
std::shared_ptr<const Files> lookFiles(std::shared_ptr<const Files> base, FileReach reach,
                                       std::function<bool()> stops, std::shared_ptr<ReadBudget> budget = {});

}  // namespace rw
