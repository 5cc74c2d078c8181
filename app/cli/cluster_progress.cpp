#include "app/cli/cluster_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/cli/load.h"
#include "app/cli/progress.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"

namespace rw::cli {

namespace {

constexpr Millis kJobEveryOnTerminal = 200, kJobEveryInLog = 2'000;

/// The sum over all nodes that the cluster tells it of.
std::optional<std::uint64_t> sumOf(const JobFigures& figures,
                                   std::optional<std::uint64_t> NodeFigures::*figure) {
    std::optional<std::uint64_t> sum;
    for (const auto& [id, node] : figures.nodes) {
        if (node.*figure) sum = sum.value_or(0) + *(node.*figure);
    }
    return sum;
}

std::string slowestWatermark(const JobFigures& figures) {
    std::optional<Instant> slowest;
    for (const auto& [id, node] : figures.nodes) {
        if (node.watermark) slowest = std::min(slowest.value_or(kMaxTimestamp), *node.watermark);
    }
    return slowest ? watermarkText(*slowest) : std::string();
}

}  // namespace

const char* stateWord(ClusterState state) {
    switch (state) {
        case ClusterState::Checking:
            return "checking";
        case ClusterState::Submitting:
            return "submitting";
        case ClusterState::Starting:
            return "starting";
        case ClusterState::Running:
            return "running";
        case ClusterState::Restarting:
            return "restarting";
        case ClusterState::Stopping:
            return "stopping";
        case ClusterState::Finished:
            return "finished";
        case ClusterState::Stopped:
            return "stopped";
        case ClusterState::Failed:
            return "failed";
        case ClusterState::Refused:
            return "refused";
        case ClusterState::Gone:
            return "gone";
    }
    return "";
}

ClusterProgress::ClusterProgress() : m_terminal(isatty(STDERR_FILENO) != 0) {}

ClusterProgress::~ClusterProgress() {
    closeLine();
}

void ClusterProgress::show(const ClusterStatus& look) {
    tellNotes(look);
    tellSilence(look);
    const std::int64_t now = systemClock()->steadyMillis();
    const bool changed = !m_shown || look.state != m_shownState;
    if (!changed && now - m_shownAt < (m_terminal ? kJobEveryOnTerminal : kJobEveryInLog)) return;
    // Repeating a line in a log is no progress.
    const std::string text = line(look);
    if (!m_terminal && !changed && look.figures.at == 0) return;
    m_shown = true;
    m_shownAt = now;
    m_shownState = look.state;
    std::fprintf(stderr, m_terminal ? "\r\x1b[K%s" : "%s\n", printable(text).c_str());
    std::fflush(stderr);
    m_lineOpen = m_terminal;
}

void ClusterProgress::tellNotes(const ClusterStatus& look) {
    const std::uint64_t unseen = look.noteCount - std::min(m_notes, look.noteCount);
    m_notes = look.noteCount;
    const std::size_t told =
        std::min(look.notes.size(), static_cast<std::size_t>(std::min<std::uint64_t>(unseen, 1'000)));
    for (std::size_t i = look.notes.size() - told; i < look.notes.size(); ++i) {
        closeLine();
        printMessage("note", english(look.notes[i]));
    }
}

void ClusterProgress::tellSilence(const ClusterStatus& look) {
    if (look.connectionProblem.ok() == !m_silent) return;
    m_silent = !look.connectionProblem.ok();
    closeLine();
    if (m_silent) {
        printMessage("no answer", english(look.connectionProblem.error()));
    } else {
        printMessage("note", "The cluster answers again.");
    }
}

std::string ClusterProgress::line(const ClusterStatus& look) {
    const JobFigures& figures = look.figures;
    std::string text = stateWord(look.state);
    if (figures.at == 0) return text;
    if (figures.sourceRows) {
        const std::uint64_t rows = *figures.sourceRows;
        if (figures.at > m_figuresAt) {
            const double seconds = static_cast<double>(figures.at - m_figuresAt) / 1000;
            // A job that was restarted counts from 0 again.
            m_rate = m_figuresAt == 0 || rows < m_rows ? 0 : static_cast<double>(rows - m_rows) / seconds;
            m_figuresAt = figures.at;
            m_rows = rows;
        }
        text += fmt::format(" · {} · {}", figures::counted(rows, "row", "rows"), figures::rate(m_rate));
    }
    if (const std::string watermark = slowestWatermark(figures); !watermark.empty())
        text += " · watermark " + watermark;
    const bool more = std::any_of(figures.nodes.begin(), figures.nodes.end(),
                                  [](const auto& node) { return node.second.lateAtLeast; });
    if (const auto late = sumOf(figures, &NodeFigures::late))
        text += fmt::format(" · late {}{}", more ? "at least " : "", figures::count(*late));
    if (const auto rejected = sumOf(figures, &NodeFigures::rejected))
        text += fmt::format(" · rejected {}", figures::count(*rejected));
    if (look.checkpoint)
        text += " · " + figures::counted(static_cast<std::uint64_t>(look.checkpoint->completed), "checkpoint",
                                         "checkpoints");
    if (!look.connectionProblem.ok() && look.answered > 0) {
        const Millis ago = std::max<Millis>(0, systemClock()->now() - look.answered);
        text += fmt::format(" · last seen {} ago", english(figures::wholeAge(ago)));
    }
    return text;
}

void ClusterProgress::closeLine() {
    if (m_lineOpen) std::fprintf(stderr, "\r\x1b[K");
    m_lineOpen = false;
}

}  // namespace rw::cli
