#include "app/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/cli/load.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/data/text.h"
#include "core/data/utf8.h"

namespace rw::cli {

namespace {

constexpr double kEveryOnTerminal = 0.2, kEveryInLog = 2.0;  // seconds
constexpr int kBarWidth = 24;

/// “██████░░░░░░   45 % · ”.
std::string bar(double share) {
    std::string line;
    const int filled = static_cast<int>(share * kBarWidth);
    for (int i = 0; i < kBarWidth; ++i) line += i < filled ? "█" : "░";
    return line + fmt::format(" {:>5} · ", figures::share(share));
}

/// The slowest source's watermark, and how much of the inputs of known size is done (-1: none known).
std::pair<Instant, double> sources(const RunMetrics& metrics) {
    Instant watermark = kMaxTimestamp;
    double done = 0, total = 0;
    for (const auto& [id, node] : metrics.nodes) {
        if (!node.inputWatermarks.empty()) continue;
        watermark = std::min(watermark, node.watermark);
        done += static_cast<double>(node.progress.done);
        total += static_cast<double>(node.progress.total);
    }
    return {watermark, total > 0 ? std::min(done / total, 1.0) : -1};
}

std::string counts(const RunMetrics& metrics) {
    return fmt::format("late {} · rejected {}", figures::count(metrics.late),
                       figures::count(metrics.rejected));
}

/// “ · 2 notes: in: “a.csv” was removed …; out: …”: the newest of each node, for readers of the end only.
/// Empty when there are none.
std::string notes(const RunMetrics& metrics) {
    constexpr int kShown = 3;
    constexpr std::size_t kNoteShown = 200;  // bytes
    std::uint64_t count = 0, shown = 0;
    std::string texts;
    for (const auto& [id, node] : metrics.nodes) {
        count += node.noteCount;
        for (const Text& note : node.notes) {
            if (shown == kShown) break;
            texts += fmt::format("{}{}: {}", shown == 0 ? "" : "; ", id, excerpt(english(note), kNoteShown));
            ++shown;
        }
    }
    if (count == 0) return {};
    const std::string more = count > shown ? "; …" : "";
    return fmt::format(" · {}: {}{}", figures::counted(count, "note", "notes"), texts, more);
}

/// “ · restarting in 4 s, try 2 of 10”.
std::string restarting(const RestartMetrics& restart) {
    const std::string of = restart.attempts > 0 ? fmt::format(" of {}", restart.attempts) : std::string();
    return fmt::format(" · restarting in {}, try {}{}", english(figures::wholeAge(restart.in + 999)),
                       restart.attempt, of);
}

}  // namespace

std::string watermarkText(Instant watermark) {
    if (watermark == kMinTimestamp || watermark == kMaxTimestamp) return "–";
    std::string text;
    appendTimestamp(text, watermark);
    return text;
}

ProgressLine::ProgressLine() : m_terminal(isatty(STDERR_FILENO) != 0) {}

double ProgressLine::every() const {
    return m_terminal ? kEveryOnTerminal : kEveryInLog;
}

void ProgressLine::draw(const std::string& line) {
    std::fprintf(stderr, m_terminal ? "\r\x1b[K%s" : "%s\n", printable(line).c_str());
    std::fflush(stderr);
    m_open = m_terminal;
}

void ProgressLine::close() {
    if (m_open) std::fprintf(stderr, "\r\x1b[K");
    m_open = false;
}

void RecomputeProgress::show(double done) {
    const auto now = std::chrono::steady_clock::now();
    if (std::chrono::duration<double>(now - m_shownAt).count() < m_line.every()) return;
    m_shownAt = now;
    m_line.draw(bar(done) + "recomputing");
}

void Progress::show(const RunMetrics& metrics) {
    const double since = metrics.seconds - std::max(m_shownAt, 0.0);
    if (since < m_line.every()) return;
    // After a restart rows are taken back.
    const std::uint64_t more = metrics.sourceRows - std::min(m_shownRows, metrics.sourceRows);
    const double rate = static_cast<double>(more) / since;
    m_shownAt = metrics.seconds;
    m_shownRows = metrics.sourceRows;
    const auto [watermark, share] = sources(metrics);
    std::string line;
    if (share >= 0) line += bar(share);
    line += fmt::format("{} · {} · watermark {} · {}", figures::counted(metrics.sourceRows, "row", "rows"),
                        figures::rate(rate), watermarkText(watermark), counts(metrics));
    if (metrics.restart.waiting()) line += restarting(metrics.restart);
    if (metrics.checkpoints.number > 0) line += fmt::format(" · checkpoint {}", metrics.checkpoints.number);
    m_line.draw(line);
}

void Progress::printNote(const RunNote& note) {
    m_line.close();
    cli::printMessage(note.warning ? "warning" : "note",
                      (note.node.empty() ? "" : note.node + ": ") + english(note.text));
}

void Progress::printTapeTrouble(const Text& trouble) {
    m_line.close();
    cli::printMessage("tape", "the recording has ended, the run goes on: " + english(trouble));
}

void Progress::printTrouble(const Text& trouble) {
    m_line.close();
    cli::printMessage("checkpoint",
                      trouble.empty() ? "they are taken again" : "none was taken: " + english(trouble));
}

void Progress::printBusy(const std::string& nodes) {
    m_line.close();
    cli::printMessage(
        "stopping",
        "still busy: " + nodes + ". Another signal ends the program at once, with its outputs unfinished.");
}

void Progress::advise(const std::vector<Finding>& findings) {
    m_line.close();
    for (const Finding& finding : findings) {
        if (!finding.waiting() && !finding.notice()) cli::printMessage("look at", english(finding.issue));
    }
}

void Progress::finish(const RunMetrics& metrics, const Status& status) {
    m_line.close();
    if (!status.ok()) {
        cli::printMessage("error", english(status.error()));
        return;
    }
    const double rate = metrics.seconds > 0 ? static_cast<double>(metrics.sourceRows) / metrics.seconds : 0;
    cli::printMessage(metrics.state == RunState::Stopped ? "stopped" : "done",
                      fmt::format("{} in {} ({}) · {}{}", figures::counted(metrics.sourceRows, "row", "rows"),
                                  english(figures::took(metrics.seconds)), figures::rate(rate),
                                  counts(metrics), notes(metrics)));
}

}  // namespace rw::cli
