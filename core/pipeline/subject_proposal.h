// What a node's parameters should be, by what is in the topic or the table that it is to read. Plain data.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/data/schema.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct SubjectProposal {
    Json params = Json::object();  ///< values of parameters that the node has; none: nothing can be told
    Text found{};                  ///< “JSON, in 1 000 messages”
    /// The parameter that has to name a connection before more can be told; empty: none has.
    std::string needs{};
    std::vector<Text> notes{};  ///< what a person should know before taking it
    // Rows as they would be read with it, some of the newest, from the oldest to the newest:
    Schema columns{};
    std::vector<std::vector<std::optional<std::string>>> rows{};  ///< as text; nothing: NULL
};

}  // namespace rw
