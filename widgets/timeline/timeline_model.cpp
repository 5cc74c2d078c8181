#include "widgets/timeline/timeline_model.h"

#include <algorithm>
#include <utility>

#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/timeline/timeline_words.h"

namespace rw::ui {

namespace {

bool isSameLine(const TimelineLine& a, const TimelineLine& b) {
    return a.kind == b.kind && a.lane.node == b.lane.node && a.mark.source == b.mark.source &&
           a.mark.name == b.mark.name;
}

/// How high it is drawn: of a lane the strips, or the rows of windows that overlap.
std::size_t heightOf(const TimelineLine& line) {
    std::size_t rows = line.strips.size();
    for (const LaneStrip& strip : line.strips) {
        for (const LaneWindow& window : strip.windows)
            rows = std::max(rows, static_cast<std::size_t>(window.row) + 1);
    }
    return rows;
}

}  // namespace

void TimelineModel::set(std::vector<TimelineLine> lines, const TimelineSpan& span, Instant newest,
                        std::optional<Instant> held) {
    const bool same = std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(), isSameLine);
    const bool heights = same && std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(),
                                            [](const TimelineLine& a, const TimelineLine& b) {
                                                return heightOf(a) == heightOf(b);
                                            });
    m_span = span;
    m_newest = newest;
    m_held = held;
    if (!same) beginResetModel();
    m_lines = std::move(lines);
    if (!same) return endResetModel();
    if (!m_lines.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    if (!heights) Q_EMIT layoutChanged();
}

void TimelineModel::setSpan(const TimelineSpan& span) {
    if (span == m_span) return;
    m_span = span;
    if (!m_lines.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void TimelineModel::setZone(const QTimeZone& zone) {
    if (zone == m_zone) return;
    m_zone = zone;
    if (!m_lines.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void TimelineModel::choose(std::optional<ChosenWindow> chosen) {
    m_chosen = std::move(chosen);
    if (!m_lines.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

std::vector<std::pair<const LaneWindow*, QString>> TimelineModel::windowsOf(const TimelineLine& line) const {
    std::vector<std::pair<const LaneWindow*, QString>> windows;
    for (const LaneStrip& strip : line.strips) {
        for (const LaneWindow& window : strip.windows)
            windows.emplace_back(&window, QString::fromStdString(strip.key));
    }
    std::stable_sort(windows.begin(), windows.end(),
                     [](const auto& a, const auto& b) { return a.first->window < b.first->window; });
    return windows;
}

const LaneWindow* TimelineModel::chosenWindow() const {
    if (!m_chosen) return nullptr;
    for (const TimelineLine& line : m_lines) {
        if (line.kind != TimelineLine::Kind::Lane || line.lane.node != m_chosen->node) continue;
        for (const auto& [window, key] : windowsOf(line)) {
            if (window->window == m_chosen->window && key == m_chosen->key) return window;
        }
    }
    return nullptr;
}

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const TimelineLine& shown = line(index);
    const bool isLane = shown.kind == TimelineLine::Kind::Lane;
    if (shown.kind == TimelineLine::Kind::Heading) {
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? TimelineWords::heading()
                                                                         : QVariant();
    }
    switch (role) {
        case Qt::DisplayRole:
            return isLane ? shown.title : TimelineWords::nameOf(shown.mark);
        case Qt::AccessibleTextRole: {
            if (!isLane) return TimelineWords::tipOf(shown.mark, m_zone).replace(u'\n', QStringLiteral(". "));
            std::uint64_t late = 0;
            for (const auto& [end, rows] : shown.late) late += rows;
            QStringList words{shown.title, shown.about, TimelineWords::sumOf(shown.strips, late),
                              tr("Watermark: %1").arg(TimelineWords::clock(shown.watermark, m_zone))};
            if (m_chosen && m_chosen->node == shown.lane.node) {
                if (const LaneWindow* window = chosenWindow())
                    words << TimelineWords::lineOf(*window, m_chosen->key, m_zone);
            }
            return words.join(QStringLiteral(". "));
        }
        case Qt::ToolTipRole:  // of a bar the delegate has another
            return tipText(isLane ? shown.title + u'\n' + shown.about
                                  : TimelineWords::tipOf(shown.mark, m_zone));
        default:
            return {};
    }
}

Qt::ItemFlags TimelineModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || line(index).kind == TimelineLine::Kind::Heading) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

}  // namespace rw::ui
