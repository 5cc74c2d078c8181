// A node's parameters against their declarations.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/file_reach.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/variables.h"

namespace rw {

struct CheckedParams {
    /// The node as bind() sees it: variables put in, values of a wrong type taken out (their default is
    /// read).
    Node node;
    bool complete = true;  ///< every required parameter is there and usable
};

/// Reports unknown, missing, mistyped and out-of-range parameters of `node`, and with `look` (null: no file
/// is looked at) also input files that are not there, and files that are out of reach (warnings).
CheckedParams checkParams(const Node& node, const NodeKind& kind, const Variables& variables,
                          const std::string& folder, FileLook* look, std::vector<Issue>& issues);

/// Whether a parameter applies, given the values of the others.
bool applies(const ParamSpec& spec, const NodeKind& kind, const Json& params);

/// Which columns a parameter may name, given the values of the others: as ParamSpec::columnTypes.
std::string columnTypesOf(const ParamSpec& spec, const NodeKind& kind, const Json& params);

}  // namespace rw
