// The tape of a run, for queries: the newest rows of its sources.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/pipeline.h"
#include "core/query/live_rows.h"
#include "core/tape/rolling/rolling_tape.h"

namespace rw::ui {

/// Any thread.
class RunTape {
 public:
    static constexpr std::size_t kRows = 1'000;  ///< of a source

    /// The file, or, where `path` is empty, what the run keeps by itself; that is not held on to.
    RunTape(const std::shared_ptr<RollingTape>& kept, std::string path)
        : m_kept(kept), m_path(std::move(path)) {}

    bool isOf(const std::shared_ptr<RollingTape>& kept, const std::string& path) const {
        return m_kept.lock() == kept && m_path == path;
    }
    /// The newest rows of a source, kRows at most, without those that it rejected. An error where it has
    /// other columns on the tape, the tape can't be read, or the rows go over the limits. Waits for the disk.
    Result<std::vector<Batch>> newest(const NodeId& source, const Schema& columns, const AskedLimits& limits);

 private:
    Result<TapeFileRef> open(const AskedLimits& limits);

    const std::weak_ptr<RollingTape> m_kept;
    const std::string m_path;
    std::mutex m_mutex;      ///< guards the member below
    TapeFileRef m_opened{};  ///< the file, as it was last read
};

}  // namespace rw::ui
