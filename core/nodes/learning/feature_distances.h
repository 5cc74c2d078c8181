// The parameter `explain` of nodes whose score is a distance: the column `distances` says which features it
// comes from.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/data/schema.h"
#include "core/learn/learning_output.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// `explain`; `help` says what the distance of a feature is.
ParamSpec distancesParam(Text help);
/// The column of a node with it.
Field distancesField();

/// Its texts. Single-threaded.
class FeatureDistances {
 public:
    /// Of features with these names.
    explicit FeatureDistances(const std::vector<std::string>& names);
    /// {"x":2.5,"y":-0.1}: what Model::explain() says of the row, and null where it says nothing. Until the
    /// next call.
    std::string_view of(const learn::LearningRow& row);

 private:
    std::vector<std::string> m_keys{};
    std::vector<double> m_parts{};
    std::string m_text{};
};

}  // namespace rw
