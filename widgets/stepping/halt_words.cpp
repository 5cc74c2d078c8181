#include "widgets/stepping/halt_words.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostChanged = 4;  ///< nodes that are named

QString title(const Pipeline& pipeline, const NodeId& node) {
    return pipeline.find(node) != nullptr ? titleOf(pipeline, node) : QString::fromStdString(node);
}

}  // namespace

QString HaltWords::atBreakpoint(const Halt& halt, const Pipeline& pipeline) {
    const QString name = nameOf(halt.breakpoint, pipeline), row = QString::fromStdString(halt.row);
    if (!halt.reason.empty())
        return tr("At the breakpoint “%1”: %2 was rejected: %3").arg(name, row, translated(halt.reason));
    if (halt.rows <= 1) return tr("At the breakpoint “%1”: %2").arg(name, row);
    return tr("At the breakpoint “%1”: %2, and more rows of its batch: %3")
        .arg(name, row, countText(halt.rows - 1));
}

QString HaltWords::of(const Halt& halt, const Pipeline& pipeline) {
    const QString node = title(pipeline, halt.node);
    switch (halt.why) {
        case Halt::Why::Batch:
            return tr("“%1” has given a batch; rows in it: %2").arg(node, countText(halt.rows));
        case Halt::Why::SourceEnded:
            return tr("“%1” has no more batches").arg(node);
        case Halt::Why::Fired:
            if (halt.windowStart == halt.windowEnd)
                return tr("“%1” gives rows: %2").arg(node, countText(halt.rows));
            return tr("“%1” shows the result of the window %2 – %3; rows in it: %4")
                .arg(node, eventTimeText(halt.windowStart), eventTimeText(halt.windowEnd),
                     countText(halt.rows));
        case Halt::Why::EventTime:
            return halt.watermark == kMaxTimestamp
                       ? tr("“%1” is at the end of its input").arg(node)
                       : tr("The watermark is at %1").arg(eventTimeText(halt.watermark));
        case Halt::Why::Breakpoint:
            return atBreakpoint(halt, pipeline);
        case Halt::Why::Paused:
            return tr("You paused the run before the step was over");
        case Halt::Why::Ended:
            return tr("The run has ended before the step was over");
        case Halt::Why::Stopped:
            return tr("The run was stopped before the step was over");
        case Halt::Why::Failed:
            break;
    }
    return tr("The run has failed before the step was over");
}

QString HaltWords::underWay() {
    return tr("The step is under way. Pause ends it.");
}

QString HaltWords::nameOf(const Breakpoint& breakpoint, const Pipeline& pipeline) {
    const QString node = title(pipeline, breakpoint.node);
    const QString what = breakpoint.on == Breakpoint::On::Late ? tr("late rows")
                         : breakpoint.on == Breakpoint::On::Rejected
                             ? tr("rejected rows")
                             : QString::fromStdString(breakpoint.port);
    const QString place = QStringLiteral("%1 · %2").arg(node, what);
    return breakpoint.condition.empty()
               ? place
               : QStringLiteral("%1 · %2").arg(place, QString::fromStdString(breakpoint.condition));
}

QString HaltWords::changes(const RunMetrics& before, const RunMetrics& after, const Pipeline& pipeline) {
    std::vector<std::pair<std::uint64_t, NodeId>> changed;
    for (const auto& [id, node] : after.nodes) {
        if (pipeline.find(id) == nullptr) continue;
        const auto known = before.nodes.find(id);
        const std::uint64_t now = std::max(node.rowsOut, node.rowsIn);
        const std::uint64_t was =
            known == before.nodes.end() ? 0 : std::max(known->second.rowsOut, known->second.rowsIn);
        if (now > was) changed.emplace_back(now - was, id);
    }
    std::sort(changed.begin(), changed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QStringList words;
    for (std::size_t i = 0; i < std::min(kMostChanged, changed.size()); ++i)
        words << QStringLiteral("%1 +%2").arg(title(pipeline, changed[i].second),
                                              countText(changed[i].first));
    if (changed.size() > kMostChanged) words << QStringLiteral("…");
    return words.join(QStringLiteral(", "));
}

}  // namespace rw::ui
