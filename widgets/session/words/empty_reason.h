// The text instead of a chart or a table while there is nothing to show.
#pragma once
#include <QString>

#include "widgets/session/run_session.h"

namespace rw::ui {

/// “Run to see data”, “No rows yet”, “No rows for 12 s”, “No rows in the last run”, “Apply to see data” of a
/// node that was added while the pipeline runs; and why, where that is known: “Busy: 0 of 16 240 rows match”,
/// “The rows stay on the cluster”.
QString emptyReason(const RunSession& session, const NodeId& node);

/// The text beside a chart that has rows of a run elsewhere: why it stands still, and since when, or, without
/// a reason, how long no row has come. Empty: it moves, has come to its end, or runs here.
struct StandstillText {
    QString words{};
    QString why{};  ///< empty: not known
};
StandstillText standstillText(const RunSession& session, const NodeId& node,
                              const QDateTime& now = QDateTime::currentDateTime());

}  // namespace rw::ui
