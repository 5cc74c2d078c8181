// The record beside a file that a run with checkpoints appends to: which bytes of it are the run's own.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/output_files.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// In `.NAME.rill-epochs`, written before the file is changed. A checkpoint knows which rows were in place
/// when it was taken, but not which of the rows behind them are the run's own when a run resumes from an
/// older one.
struct EpochRecord {
    std::string sink{};                       ///< in no other lineage
    Epoch epoch = 0;                          ///< the newest whose rows are being put in place, or are
    bool replaces = false;                    ///< the old content of the file may still be there
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
/// The file belongs to no run any more: removes the record and the rows that waited for a commit.
void forgetEpochs(OutputFiles& files, const std::string& target);

}  // namespace rw
