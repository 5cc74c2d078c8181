// Words about a run that are said in more than one place.
#pragma once
#include "widgets/document/run_session.h"

namespace rw::ui {

/// That it failed, and in which node of the document.
QString failedWords(const RunSession& session, const PipelineDocument& document);
/// The node that a stop waits for, as “waiting for “out””; empty while it waits for none for long.
QString stoppingWords(const RunSession& session, const PipelineDocument& document);

}  // namespace rw::ui
