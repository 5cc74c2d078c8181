// The columns of the rows of a step.
#pragma once
#include <string>
#include <vector>

#include "core/data/type.h"
#include "core/pipeline_tests/test_file.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

struct StepColumn {
    std::string name{};
    std::optional<Type> type{};  ///< nothing: not known
    bool operator==(const StepColumn&) const = default;
};

/// In the order of the cells, as the pipeline is in the window. None: the step has no rows, or its columns
/// are not known, for example because a node has an error.
std::vector<StepColumn> columnsOf(const PipelineDocument& document, const PipelineTestStep& step);

/// The watermark of the source after each row that the test gives it, by step; empty lists: no source with
/// event time, too many rows, or something about it is not known, for example because a node has an error.
std::vector<std::vector<std::optional<Instant>>> watermarksOf(const PipelineDocument& document,
                                                              const PipelineTest& test);

/// “node” and “port” of “node.port”; no port: empty.
std::pair<NodeId, std::string> partsOfPlace(const std::string& at);

}  // namespace rw::ui
