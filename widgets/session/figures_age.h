// How old the newest metrics are of a run that is watched from here: they show late, or, when its cluster is
// silent, not at all.
#pragma once
#include <QString>
#include <optional>

#include "core/base/time.h"
#include "widgets/session/remote_run.h"

namespace rw::ui {

/// From this age on figures say how it was, not how it is.
inline constexpr Millis kOldFigures = 5'000;

/// The age of the newest figures of a run that goes on; nothing: there are none yet, or it has ended.
std::optional<Millis> figuresAge(const RemoteRun& run, const QDateTime& now = QDateTime::currentDateTime());

/// “figures 3 s old”, from kOldFigures on “last seen 12:03:04”; “no figures yet” while it runs; empty: it
/// does not run.
QString figuresAgeText(const RemoteRun& run, const QDateTime& now = QDateTime::currentDateTime());

/// A run that is elsewhere is shown, and goes on, but its newest figures are kOldFigures old.
bool showsOldFigures(const RunSession& session);

/// The moment that ages are counted from: the clock on the wall, of a replay as it stood when that was
/// recorded to which the replay has come. A replay shows the ages of its recording, at any speed.
Instant ageClock(const RunSession& session);

/// The session tells that rate just now; `known`: it tells the count that the rate is of. An unknown rate is
/// shown as “–”, never as 0.
bool tellsRate(const RunSession& session, bool known, const RateMeter& rate);

}  // namespace rw::ui
