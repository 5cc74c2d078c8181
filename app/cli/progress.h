// The progress of a run, and of what it needs before, on standard error: one line that is redrawn on a
// terminal, plain lines elsewhere.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/diagnose/finding.h"
#include "core/runtime/run.h"

namespace rw::cli {

/// “–” before the first one, and after the last row.
std::string watermarkText(Instant watermark);

/// The line that is redrawn.
class ProgressLine {
 public:
    ProgressLine();
    double every() const;  ///< seconds from one to the next
    void draw(const std::string& line);
    void close();  ///< removes it from the terminal

 private:
    const bool m_terminal;
    bool m_open = false;
};

/// How much of the replay of a tape is done, from which states are recomputed.
class RecomputeProgress {
 public:
    ~RecomputeProgress() { m_line.close(); }
    /// `done`: a part of 1. Draws at most a few times a second.
    void show(double done);

 private:
    ProgressLine m_line{};
    std::chrono::steady_clock::time_point m_shownAt = std::chrono::steady_clock::now();
};

class Progress {
 public:
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
    ProgressLine m_line{};
    double m_shownAt = -1;
    std::uint64_t m_shownRows = 0;
};

}  // namespace rw::cli
