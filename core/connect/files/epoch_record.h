// What is remembered beside a file that a run with checkpoints appends to: how far it is the run's own.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/output_files.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// Lies in `.NAME.rill-epochs`, put there before the file is changed: a checkpoint knows what was in place
/// when it was taken, but not which of the rows behind that are the run's own, when an older one is gone on
/// from.
struct EpochRecord {
    std::string sink{};                       ///< in no other lineage
    Epoch epoch = 0;                          ///< the newest whose rows are being put in place, or are
    bool replaces = false;                    ///< what the file held before may still be there
    std::uint64_t least = 0;                  ///< bytes that the file has, the run's own
    std::uint64_t most = 0;                   ///< those that it comes to have, all of them the run's own
    std::uint64_t leastSum = 0, mostSum = 0;  ///< FileTail::checksum() of both
};

/// Files of epochs behind the newest in place that may have been sealed: one, one whose checkpoint failed,
/// and as many again where another lineage's had these numbers. The file of the newest itself may not have
/// been removed yet.
inline constexpr Epoch kSealedBehind = 4;

/// Outlives a loss of power, and so do the names of all files in the folder.
Status writeEpochRecord(OutputFiles& files, const std::string& target, const EpochRecord& record);
/// Nothing: there is none, or it is broken.
std::optional<EpochRecord> readEpochRecord(const OutputFiles& files, const std::string& target);
/// The file is no run's any more: removes the record, and what waited to be put in place.
void forgetEpochs(OutputFiles& files, const std::string& target);

}  // namespace rw
