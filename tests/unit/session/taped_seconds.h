// The tape of a run in which every row is a second of event time later, from noon on.
#pragma once
#include <QDir>
#include <QTest>

#include "widgets/session/run_session.h"

namespace rw::ui {

inline constexpr Instant kNoon = 1'709'294'400'000;  // 2024-03-01 12:00:00

/// Of a generator, whose rows come a millisecond apart; not `timed`: no column is marked as the time.
inline Json secondsFromNoon(bool timed = true) {
    const Json columns = {"n BIGINT = i",
                          "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"};
    Json params{{"columns", columns}, {"rows", 300}, {"rate", 1'000}};
    if (timed) params["event_time"] = "ts";
    return params;
}

/// Runs a document that has not run yet; the path of the one tape in the folder, empty when there is none.
inline QString recordedInto(const QString& folder, RunSession& session) {
    session.setTape({.recordInto = folder});
    session.start();
    if (!QTest::qWaitFor([&] { return session.state() == RunSession::State::Finished; }, 30'000)) return {};
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.tape")});
    return names.size() == 1 ? QDir(folder).filePath(names.first()) : QString();
}

}  // namespace rw::ui
