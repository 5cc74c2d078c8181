// Words about a run that are said in more than one place.
#pragma once
#include "widgets/document/run_session.h"

namespace rw::ui {

/// That it failed, and in which node of the document.
QString failedWords(const RunSession& session, const PipelineDocument& document);

}  // namespace rw::ui
