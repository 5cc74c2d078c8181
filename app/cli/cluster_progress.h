// The progress of a job on a cluster on standard error: one line that is redrawn on a terminal, plain lines
// elsewhere.
#pragma once
#include <cstdint>
#include <string>

#include "core/cluster/cluster_run.h"

namespace rw::cli {

/// “running”; for people, and for scripts in --json.
const char* stateWord(ClusterState state);

class ClusterProgress {
 public:
    ClusterProgress();
    ~ClusterProgress();
    ClusterProgress(const ClusterProgress&) = delete;
    ClusterProgress& operator=(const ClusterProgress&) = delete;

    /// State, rows, rate, watermark, checkpoint; draws at most a few times a second. Notes, and that the
    /// cluster does not answer, get lines of their own.
    void show(const ClusterStatus& look);

 private:
    void tellNotes(const ClusterStatus& look);
    void tellSilence(const ClusterStatus& look);
    std::string line(const ClusterStatus& look);
    void closeLine();

    const bool m_terminal;
    std::int64_t m_shownAt = 0;
    ClusterState m_shownState = ClusterState::Checking;
    bool m_shown = false, m_lineOpen = false, m_silent = false;
    std::uint64_t m_notes = 0;
    Instant m_figuresAt = 0;
    std::uint64_t m_rows = 0;
    double m_rate = 0;
};

}  // namespace rw::cli
