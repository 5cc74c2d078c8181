// The pill of a run that has finished, here or on a cluster: amber if rows are missing from its results.
#pragma once
#include "app/clusters/cluster_words.h"

namespace rw::ui {

/// `session` shows the run; `times` are when it began and ended.
PillText finishedPill(const PipelineDocument& document, const RunSession& session, const QString& times);

}  // namespace rw::ui
