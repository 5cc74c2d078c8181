#include "widgets/timeline/disorder_figures.h"

#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr std::size_t kNewestWindows = 20;
constexpr Millis kLive = 60'000;  // a result that comes later is one of old data that are read again
constexpr Millis kShortestAxis = 1'000, kLeastBars = 10;  // each of one bin at least
constexpr double kRoomBehind = 1.25;
constexpr char16_t kThinSpace = 0x2009;
constexpr double kTenths = 0.1, kHundredths = 0.01, kTenMinutes = 600, kFewPercent = 10, kAll = 100;
constexpr Millis kTenth = 100, kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute;
constexpr Millis kShortAxis = 2;  // of a unit: up to there the one below counts

bool countsSessions(const DisorderOf& counts) {
    return std::any_of(counts.judges.begin(), counts.judges.end(),
                       [](const auto& judge) { return judge.second.atMost; });
}

Millis longestCounted(const DisorderOf& counts) {
    return static_cast<Millis>(TimeCounts::kBins) * counts.behind.width();
}

/// Bins do not tell apart which rows would be late.
bool isBetween(const DisorderOf& counts, Millis delay) {
    if (delay == counts.delay) return false;
    const Millis longest = longestCounted(counts);
    return delay % counts.behind.width() != 0 || (delay > longest && counts.lateAt(longest) > 0);
}

}  // namespace

DelayFigures figuresAt(const DisorderOf& counts, Millis delay, Millis takes) {
    DelayFigures figures;
    figures.delay = delay;
    figures.rows = counts.judged();
    figures.late = delay == counts.delay ? counts.lateNow() : counts.lateAt(delay);
    figures.about =
        countsSessions(counts) || (delay != counts.delay && (counts.advanced || isBetween(counts, delay)));
    figures.after = saturatingAdd(takes, delay);
    return figures;
}

Millis resultsTake(const std::vector<TimelineLine>& lines, const DisorderOf& counts) {
    std::vector<Millis> times;
    for (const TimelineLine& line : lines) {
        if (line.kind != TimelineLine::Kind::Lane || !counts.judges.contains(line.lane.node)) continue;
        std::vector<std::pair<Instant, Millis>> fired;  // when, and how long it took
        for (const LaneStrip& strip : line.strips) {
            for (const LaneWindow& window : strip.windows) {
                if (window.firedAt == 0) continue;
                fired.emplace_back(window.firedAt, window.firedAt - window.window.end - counts.delay);
            }
        }
        std::sort(fired.begin(), fired.end());
        for (std::size_t i = fired.size() - std::min(fired.size(), kNewestWindows); i < fired.size(); ++i)
            times.push_back(fired[i].second);
    }
    if (times.empty()) return 0;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle > 0 && *middle < kLive ? *middle : 0;
}

Millis axisEnd(const DisorderOf& counts, Millis chosen) {
    const Millis rows = counts.behind.within(kNearlyAll).value_or(0);
    const auto wanted = static_cast<Millis>(
        kRoomBehind * static_cast<double>(std::max({rows, counts.delay, chosen, kShortestAxis})));
    const Millis longest = longestCounted(counts);
    for (Millis end = kLeastBars * counts.behind.width(); end < longest; end *= 10) {
        for (const Millis times : {1, 2, 3, 4, 5, 6, 8}) {
            if (end * times >= wanted) return std::min(end * times, longest);
        }
    }
    return longest;
}

Millis axisUnit(Millis end) {
    if (end <= kShortAxis * kMinute) return kSecond;
    return end <= kShortAxis * kHour ? kMinute : kHour;
}

QString DisorderWords::delay(Millis delay) {
    if (delay % kTenth != 0 || delay >= 10 * kMinute) return lastingText(delay);
    const QString seconds = markText(static_cast<double>(delay) / kSecond, kTenths, kTenMinutes);
    return translated(RW_TEXT("duration", "%1s").with((seconds + QChar(kThinSpace)).toStdString()));
}

/// Shares of late rows are small: a whole percent, as elsewhere, would say nothing.
QString DisorderWords::share(const DelayFigures& figures) {
    if (figures.rows == 0) return QStringLiteral("–");
    const double percent = 100.0 * static_cast<double>(figures.late) / static_cast<double>(figures.rows);
    const double step = percent < kFewPercent ? kHundredths : kTenths;
    QString words = figures.late == 0       ? QStringLiteral("0")
                    : percent < kHundredths ? QStringLiteral("<0.01")
                                            : markText(percent, step, kAll);
    words += QStringLiteral("\u00A0%");
    return figures.about ? QStringLiteral("≈ ") + words : words;
}

QString DisorderWords::late(const DelayFigures& figures) {
    if (figures.rows == 0) return QStringLiteral("–");
    return (figures.about ? QStringLiteral("≈ ") : QString()) + countText(figures.late);
}

QString DisorderWords::nearlyAll() {
    return QStringLiteral("99.9\u00A0%");
}

QString DisorderWords::axis(Millis end) {
    switch (axisUnit(end)) {
        case kMinute:
            return tr("Rows by how far behind the newest, min");
        case kHour:
            return tr("Rows by how far behind the newest, h");
        default:
            return tr("Rows by how far behind the newest, s");
    }
}

QString DisorderWords::ofRows(std::uint64_t rows) {
    return translated(
        figures::counted(rows, RW_TEXT("timeline", "of 1 row"), RW_TEXT("timeline", "of %1 rows")));
}

QString DisorderWords::changed(Millis now, Millis chosen) {
    if (chosen == now) return {};
    const QString by = delay(std::abs(chosen - now));
    return chosen > now ? tr("Results %1 later.").arg(by) : tr("Results %1 sooner.").arg(by);
}

QString DisorderWords::judges(const DisorderOf& counts, Millis chosen,
                              const std::map<NodeId, QString>& titles) {
    QStringList lines;
    for (const auto& [node, judge] : counts.judges) {
        const auto title = titles.find(node);
        const std::uint64_t then = chosen == counts.delay ? judge.lateNow : judge.needed.atLeast(chosen);
        lines << tr("%1: %2 late now, %3 then, %4")
                     .arg(title != titles.end() ? title->second : QString::fromStdString(node),
                          countText(judge.lateNow), countText(then), ofRows(judge.needed.total()));
    }
    return lines.join(u'\n');
}

QString DisorderWords::whyAbout(const DisorderOf& counts, Millis chosen) {
    if (countsSessions(counts)) return tr("≈ At most: a session that is still open takes late rows.");
    if (counts.advanced) return tr("≈ Idleness advanced the watermark, whatever the delay.");
    if (isBetween(counts, chosen))
        return tr("≈ Rows are counted by %1, up to %2.")
            .arg(lastingText(counts.behind.width()), lastingText(longestCounted(counts)));
    return {};
}

}  // namespace rw::ui
