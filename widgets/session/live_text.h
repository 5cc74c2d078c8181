// How a source or sink stands to the outside world, and what it guarantees, in the words of the window.
#pragma once
#include <QString>
#include <QStringList>

#include "core/diagnose/live_state.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

/// More partitions than this are not listed.
inline constexpr std::size_t kPartitionsShown = 12;

/// The guarantee of a node in the run that is active, else in the next one; none of a node that promises
/// nothing, and while a run on a cluster is shown.
Guarantee shownGuarantee(const PipelineDocument& document, const RunSession& session, const NodeId& node);
/// “Exactly once, every 10 s”; empty: there is none.
QString guaranteeWordsOf(const Pipeline& pipeline, const Guarantee& guarantee);

/// “Disconnected for 40 s”, for a card; `now`: wall time.
QString outWords(const LiveSummary& summary, Instant now);
/// For a hover text: the state and all that is known of it, the lag, and the partitions, the worst first, a
/// line each. Empty of a node that tells nothing of the outside world.
QStringList liveLines(const NodeMetrics& node, Instant now);
/// “lag 1 301 rows”; empty: not told.
QString lagWords(const LiveSummary& summary);

}  // namespace rw::ui
