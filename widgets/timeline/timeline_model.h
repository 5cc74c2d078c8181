// The lines of the timeline: a lane for each node with windows, and below them the watermarks.
#pragma once
#include <QAbstractListModel>
#include <QTimeZone>
#include <optional>
#include <vector>

#include "widgets/timeline/lane_windows.h"
#include "widgets/timeline/watermark_rows.h"

namespace rw::ui {

/// Event time that the timeline shows.
struct TimelineSpan {
    Instant from = 0, to = 1;
    Millis length() const { return to - from; }
    bool operator==(const TimelineSpan&) const = default;
};

struct TimelineLine {
    enum class Kind { Lane, Heading, Watermark } kind = Kind::Lane;
    // A lane
    WindowLane lane{};
    QString title{}, about{};  ///< the node's, and what its windows are
    std::vector<LaneStrip> strips{};
    std::map<Instant, std::uint64_t> late{};  ///< as LaneWindows::late()
    std::uint64_t otherKeys = 0;              ///< of sessions: keys that have no strip
    Instant watermark = kMinTimestamp;
    QString why{};  ///< why it waits; empty: it does not, or that is not known
    // A watermark
    WatermarkRow mark{};
};

/// A window of a lane.
struct ChosenWindow {
    NodeId node{};
    QString key{};
    Window window{};
};

/// GUI thread.
class TimelineModel : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    /// Lines that are what they were keep their place: the current one stays current.
    void set(std::vector<TimelineLine> lines, const TimelineSpan& span, Instant newest,
             std::optional<Instant> held);
    void setSpan(const TimelineSpan& span);
    /// In which times of events are shown; UTC before.
    void setZone(const QTimeZone& zone);
    void choose(std::optional<ChosenWindow> chosen);

    const std::vector<TimelineLine>& lines() const { return m_lines; }
    const TimelineLine& line(const QModelIndex& index) const {
        return m_lines[static_cast<std::size_t>(index.row())];
    }
    const TimelineSpan& timeSpan() const { return m_span; }
    const QTimeZone& zone() const { return m_zone; }
    Instant newest() const { return m_newest; }                    ///< event time of the newest row of all
    const std::optional<Instant>& held() const { return m_held; }  ///< the watermark that lanes wait at
    const std::optional<ChosenWindow>& chosen() const { return m_chosen; }
    /// The chosen window as it is now; null: there is none, or it is not known any more.
    const LaneWindow* chosenWindow() const;
    /// The windows of all strips of a line, in the order of their ends.
    std::vector<std::pair<const LaneWindow*, QString>> windowsOf(const TimelineLine& line) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
    std::vector<TimelineLine> m_lines{};
    TimelineSpan m_span{};
    QTimeZone m_zone = QTimeZone::utc();
    Instant m_newest = kMinTimestamp;
    std::optional<Instant> m_held{};
    std::optional<ChosenWindow> m_chosen{};
};

}  // namespace rw::ui
