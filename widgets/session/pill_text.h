// The words of a run's state in its pill, in the tool bar.
#pragma once
#include <QString>

#include "widgets/theme/pill.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;

struct PillText {
    Pill::State state = Pill::State::Idle;
    QString words{}, figures{};
    QString tip{};  ///< the rest that does not fit into it; may be empty
};

/// Of a run that has finished, here or on a cluster: amber if rows are missing from its results. `session`
/// shows the run; `times` are when it began and ended.
PillText finishedPill(const PipelineDocument& document, const RunSession& session, const QString& times);
/// That it failed, and in which node of the document.
QString failedText(const RunSession& session, const PipelineDocument& document);
/// The node that a stop waits for, as “waiting for “out””; empty while it waits for none for long.
QString stoppingText(const RunSession& session, const PipelineDocument& document);

}  // namespace rw::ui
