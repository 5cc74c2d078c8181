// What follows from a renamed column: the nodes behind it name it as it is called now.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/renaming/renamed_text.h"
#include "core/pipeline/validate.h"

namespace rw {

struct FollowedParam {
    NodeId node;
    std::string param;
    Json value;
};

struct FollowedRenames {
    ColumnRenames renames{};              ///< of the columns of the edited node
    std::vector<FollowedParam> params{};  ///< what to change, sources first
    std::vector<NodeId> nodes{};          ///< of which something is changed, each once
    /// That can't follow: they have a column of the new name, meet rows of another node with the old one, are
    /// of another file, or have code that seems to name the column.
    std::vector<NodeId> left{};
    bool waits = false;  ///< the edited node has errors: what its columns are called is not known
    bool empty() const { return params.empty() && left.empty(); }
};

/// `before` was checked as `known`; `after` is the same with other parameters of `node`. Empty where no
/// column was renamed: where its name is still there, where the new name was there already, and where `node`
/// has errors. Names that rows of other nodes give are not touched. Looks at no file.
FollowedRenames followRenames(const Pipeline& before, const Validated& known, const Pipeline& after,
                              const NodeId& node, const Catalogue& catalogue, ValidateOptions options);

}  // namespace rw
