// The progress of a run on standard error: one line that is redrawn on a terminal, plain lines elsewhere.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/diagnose/finding.h"
#include "core/runtime/run.h"

namespace rw::cli {

/// “–” before the first one, and after the last row.
std::string watermarkText(Instant watermark);

class Progress {
 public:
    Progress();
    /// Shows how far the run is; draws at most a few times a second.
    void show(const RunMetrics& metrics);
    /// Something that a node has to say, on a line of its own.
    void printNote(const RunNote& note);
    /// Why no checkpoint could be taken; empty: one could again.
    void printTrouble(const Text& trouble);
    /// Why the run is not recorded any more.
    void printTapeTrouble(const Text& trouble);
    /// The nodes that a stopped run still waits for.
    void printBusy(const std::string& nodes);
    /// The findings to look at in a run that has ended, a line each.
    void advise(const std::vector<Finding>& findings);
    /// The last words: totals, and which nodes had something to say.
    void finish(const RunMetrics& metrics, const Status& status);

 private:
    void closeLine();  ///< removes the line that is redrawn

    const bool m_terminal;
    double m_shownAt = -1;
    std::uint64_t m_shownRows = 0;
    bool m_lineOpen = false;
};

}  // namespace rw::cli
