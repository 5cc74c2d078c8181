// What a watermark delay costs and brings, in figures and words, from what a run counted of its rows.
#pragma once
#include <QCoreApplication>
#include <QString>
#include <map>

#include "core/stream/disorder.h"
#include "widgets/timeline/timeline_model.h"

namespace rw::ui {

/// A delay and what it brings.
struct DelayFigures {
    Millis delay = 0;
    std::uint64_t late = 0, rows = 0;  ///< rows that windows judge
    bool about = false;                ///< sessions, idleness or a delay between two bins: only nearly so
    Millis after = 0;                  ///< results come so long after their window's end
};

/// `takes`: as resultsTake().
DelayFigures figuresAt(const DisorderOf& counts, Millis delay, Millis takes);

/// How long after the watermark has passed a window its result has come, by the clock: the median of the
/// newest windows of nodes that judge these rows. 0 where event times are not those of the clock.
Millis resultsTake(const std::vector<TimelineLine>& lines, const DisorderOf& counts);

/// The share of rows that an axis shows, whatever the delays.
inline constexpr double kNearlyAll = 0.999;
/// A round time that an axis from zero may end at, so that both delays and nearly all rows are in sight,
/// as far as there are bins.
Millis axisEnd(const DisorderOf& counts, Millis chosen);

/// What the marks of that axis count: seconds, minutes or hours.
Millis axisUnit(Millis end);

class DisorderWords {
    Q_DECLARE_TR_FUNCTIONS(rw::ui::DisorderWords)

 public:
    /// “4.0 s”; exact: “4 050 ms” where tenths of a second do not say it.
    static QString delay(Millis delay);
    /// “0.02 %”, with “≈” where it is about so; “–” of no rows.
    static QString share(const DelayFigures& figures);
    static QString late(const DelayFigures& figures);
    static QString nearlyAll();  ///< kNearlyAll
    /// What is drawn, with the unit of its axis.
    static QString axis(Millis end);
    /// “of 18 632 rows”.
    static QString ofRows(std::uint64_t rows);
    /// “Results 2.0 s later.”; empty: as now.
    static QString changed(Millis now, Millis chosen);
    /// How many rows each node judged, and how many were late at these delays.
    static QString judges(const DisorderOf& counts, Millis chosen, const std::map<NodeId, QString>& titles);
    /// Why figures are only nearly right; empty: they are exact.
    static QString whyAbout(const DisorderOf& counts, Millis chosen);
};

}  // namespace rw::ui
