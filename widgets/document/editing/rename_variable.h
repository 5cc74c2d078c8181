// Another name for a variable of the pipeline.
#pragma once
#include <string>

namespace rw::ui {

class PipelineDocument;

/// With every `${from}` in the parameters, in one step of undo. Nothing happens where there is no `from`, or
/// a `to` already.
void renameVariable(PipelineDocument& document, const std::string& from, const std::string& to);

}  // namespace rw::ui
