// The choice for results that a file sink finds in its folder when a pipeline is deployed again.
#pragma once
#include <map>
#include <optional>
#include <string_view>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"

namespace rw {

enum class OutputChoice {
    Append,     ///< rows are added to them
    NewFolder,  ///< they stay, and rows go into another folder beside them
    Replace     ///< they are removed once the job has started
};
/// “append”, “new-folder”, “replace”.
std::string_view outputChoiceName(OutputChoice choice);

struct OutputChoices {
    std::optional<OutputChoice> all{};  ///< of sinks that have none of their own
    std::map<NodeId, OutputChoice> of{};

    std::optional<OutputChoice> find(const NodeId& sink) const;
};

/// “append”, or “results=replace,late=new-folder”, or both with commas between.
Result<OutputChoices> parseOutputChoices(std::string_view text);

}  // namespace rw
