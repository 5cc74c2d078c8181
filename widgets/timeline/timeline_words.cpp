#include "widgets/timeline/timeline_words.h"

#include "core/base/figures.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

const QString& dot() {
    static const QString kDot = QStringLiteral(" · ");
    return kDot;
}

QString lateWords(std::uint64_t rows) {
    return translated(
        figures::counted(rows, RW_TEXT("timeline", "1 late row"), RW_TEXT("timeline", "%1 late rows")));
}

QString resultsOf(const LaneWindow& window) {
    return translated(
        figures::counted(window.results, RW_TEXT("timeline", "1 result"), RW_TEXT("timeline", "%1 results")));
}

}  // namespace

QString TimelineWords::heading() {
    return tr("Watermarks by partition");
}

QString TimelineWords::otherKeys(std::uint64_t number) {
    return translated(
        figures::counted(number, RW_TEXT("timeline", "+ 1 key"), RW_TEXT("timeline", "+ %1 keys")));
}

QString TimelineWords::windowsOf(const WindowLane& lane) {
    QStringList words;
    switch (lane.kind) {
        case WindowKind::Tumble:
            words << tr("Tumble %1").arg(lastingText(lane.size));
            break;
        case WindowKind::Hop:
            words << tr("Hop %1 / %2").arg(lastingText(lane.size), lastingText(lane.step));
            break;
        case WindowKind::Cumulate:
            words << tr("Cumulate %1 / %2").arg(lastingText(lane.size), lastingText(lane.step));
            break;
        case WindowKind::Session:
            words << tr("Session, gap %1").arg(lastingText(lane.gap));
            break;
        case WindowKind::Input:
            words << tr("Windows of its input");
            break;
    }
    if (lane.joins) words << tr("join");
    if (lane.early > 0) words << tr("early %1").arg(lastingText(lane.early));
    if (lane.allowedLateness > 0) words << tr("late +%1").arg(lastingText(lane.allowedLateness));
    return words.join(dot());
}

QString TimelineWords::stateOf(const LaneWindow& window) {
    switch (window.state) {
        case LaneWindow::State::Open:
            return tr("open");
        case LaneWindow::State::Early:
            return tr("open, result so far shown");
        case LaneWindow::State::Fired:
            return window.firedAt > 0 ? tr("fired") : tr("closed");
        case LaneWindow::State::Lateness:
            return tr("fired, takes late rows");
        case LaneWindow::State::Waits:
            return tr("waits");
    }
    return {};
}

QString TimelineWords::rowsOf(const LaneWindow& window) {
    return translated(figures::counted(static_cast<std::uint64_t>(window.rows), RW_TEXT("timeline", "1 row"),
                                       RW_TEXT("timeline", "%1 rows")));
}

QString TimelineWords::lineOf(const LaneWindow& window, const QString& key, const QTimeZone& zone) {
    QStringList words{spanText(window.window.start, window.window.end, zone)};
    if (!key.isEmpty()) words << key;
    if (window.rows > 0) words << rowsOf(window);
    if (window.results > 0) words << resultsOf(window);
    words << stateOf(window);
    if (window.late > 0) words << lateWords(window.late);
    return words.join(dot());
}

QString TimelineWords::tipOf(const LaneWindow& window, const QString& key, const QString& why,
                             const QTimeZone& zone) {
    QStringList lines{spanText(window.window.start, window.window.end, zone)};
    if (!key.isEmpty()) lines << tr("Key: %1").arg(key);
    QStringList figures;
    if (window.rows > 0) figures << rowsOf(window);
    if (window.results > 0) figures << resultsOf(window);
    if (!figures.isEmpty()) lines << figures.join(dot());
    lines << (window.firedAt > 0 ? tr("Fired at %1 of the clock").arg(momentText(window.firedAt))
                                 : tr("State: %1").arg(stateOf(window)));
    if (window.state == LaneWindow::State::Lateness) lines << tr("Rows that come late still change it.");
    if (window.state == LaneWindow::State::Early)
        lines << tr("Result so far, up to the watermark %1").arg(clock(window.earlyAt, zone));
    if (window.again > 0) {
        lines << translated(figures::counted(window.again,
                                             RW_TEXT("timeline", "Shown again once, for late rows"),
                                             RW_TEXT("timeline", "Shown again %1 times, for late rows")));
    }
    if (window.late > 0) {
        lines << translated(figures::counted(window.late, RW_TEXT("timeline", "1 row came too late for it"),
                                             RW_TEXT("timeline", "%1 rows came too late for it")));
    }
    if (window.state == LaneWindow::State::Waits && !why.isEmpty()) lines << why;
    return lines.join(u'\n');
}

QString TimelineWords::insideOf(const LaneWindow& window, bool next) {
    if (window.state == LaneWindow::State::Waits) return next ? tr("closes next") : tr("waits");
    if (window.state == LaneWindow::State::Open) return {};
    const bool rows = window.rows > 0;
    const QString count = rows                 ? countText(static_cast<std::uint64_t>(window.rows))
                          : window.results > 0 ? resultsOf(window)
                                               : QString();
    if (count.isEmpty()) return {};
    return window.state == LaneWindow::State::Early ? QStringLiteral("≈ ") + count : count;
}

QString TimelineWords::sumOf(const std::vector<LaneStrip>& strips, std::uint64_t late) {
    std::uint64_t fired = 0, open = 0, waits = 0;
    for (const LaneStrip& strip : strips) {
        for (const LaneWindow& window : strip.windows) {
            if (window.hasFired()) {
                ++fired;
            } else if (window.state == LaneWindow::State::Waits) {
                ++waits;
            } else {
                ++open;
            }
        }
    }
    QStringList words{tr("%1 fired").arg(countText(fired)), tr("%1 open").arg(countText(open))};
    if (waits > 0) words << tr("%1 waiting").arg(countText(waits));
    if (late > 0) words << lateWords(late);
    return words.join(QStringLiteral(", "));
}

QString TimelineWords::clock(Instant watermark, const QTimeZone& zone) {
    if (watermark == kMinTimestamp) return QStringLiteral("–");
    if (watermark == kMaxTimestamp) return tr("end");
    return clockText(watermark, zone);
}

QString TimelineWords::nameOf(const WatermarkRow& row) {
    if (row.others == 0) return row.name;
    return tr("+ %1 within %2").arg(countText(row.others), ageText(row.within));
}

QString TimelineWords::remarkOf(const WatermarkRow& row, const QTimeZone& zone) {
    if (!row.holds.isEmpty()) return tr("holds back “%1”").arg(row.holds);
    if (row.state == PartitionState::Ended) return tr("ended");
    if (row.state == PartitionState::Idle) {
        const QString raised = clock(row.watermark, zone);
        if (row.since == 0) return tr("idle, raised to %1").arg(raised);
        return tr("idle since %1, raised to %2").arg(momentText(row.since), raised);
    }
    if (row.slowest) return tr("slowest");
    return {};
}

QString TimelineWords::tipOf(const WatermarkRow& row, const QTimeZone& zone) {
    QStringList lines{nameOf(row), tr("Watermark: %1").arg(clock(row.watermark, zone))};
    if (row.newest != kMinTimestamp) lines << tr("Newest row: %1").arg(clock(row.newest, zone));
    if (const QString remark = remarkOf(row, zone); !remark.isEmpty()) lines << remark;
    return lines.join(u'\n');
}

}  // namespace rw::ui
