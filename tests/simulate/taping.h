// Tapes of stories: the legs of some are recorded, and the tapes that the trouble has left are replayed.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/run.h"
#include "tests/simulate/disk.h"
#include "tests/simulate/sunk_pipeline.h"

namespace rw::simulated {

/// The pipeline's plan at a degree of parallelism.
using PlanFn = std::function<std::shared_ptr<const Plan>(int parallelism)>;

/// Counts of outcomes of tapes.
struct TapeTally {
    int replayed = 0;  ///< had all of their runs
    int cut = 0;       ///< were cut off, and replayed as far as they go
    int unread = 0;    ///< were cut before they said anything
    int rotten = 0;    ///< were replayed, or refused, with one bit another one
};

/// One story. Single-threaded.
class Taping {
 public:
    /// Every third seed has tapes, so that of a few in a row some have.
    explicit Taping(std::uint64_t seed) : m_seed(seed), m_records(seed % 3 == 1) {}

    /// A leg from the beginning is recorded on the disk of the run. Others can't be.
    void record(RunOptions& options, int leg);
    /// Whether legs from the beginning are recorded.
    bool records() const { return m_records; }
    /// Whether this leg is.
    bool recordsLeg() const { return !m_path.empty(); }
    /// The run of the leg came to its end with these outputs, and nothing has failed: its tape must be whole.
    void ended(const Disk& disk, Outputs outputs);
    /// The disk is there again, as the next leg finds it.
    void restarted(const Disk& disk);

    /// Replays all tapes, each in a world of its own, and gives the error; empty: none. One that has all of
    /// its run gives the same as that run, another one the same at any degree and schedule, one with a wrong
    /// bit the rows written or fewer; all keep their promises (promises.h) beside `whole` and up to the
    /// version `newest` of the table that is changed. No World may be alive.
    std::string judge(const SunkPipeline& sunk, const PlanFn& plan, const Outputs& whole, int newest,
                      TapeTally& tally) const;

 private:
    struct Left {
        std::string bytes{};
        std::optional<Outputs> outputs{};  ///< of its run, where the tape must be whole
    };
    void take(const Disk& disk, std::optional<Outputs> outputs);
    std::uint64_t m_seed;
    bool m_records;
    std::string m_path{};  ///< of the leg; empty: it is not recorded
    std::vector<Left> m_left{};
};

}  // namespace rw::simulated
