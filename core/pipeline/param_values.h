// JSON values and the kinds of parameters: which value is of which kind, and how amounts are written.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/param_spec.h"

namespace rw {

/// Whether parameters of this kind are lists of texts.
bool isList(ParamKind kind);
/// Whether it names connections.
bool namesConnections(ParamKind kind);
/// A connection that a parameter names.
struct NamedConnection {
    std::string name{};
    int item = -1;  ///< of a list, its place
};
/// All that it names, with its default where it has none: none of another kind, of the wrong type, or that
/// are blank.
std::vector<NamedConnection> connectionsNamedBy(const ParamSpec& spec, const Json& params);
/// Nothing, blanks, an empty list or an empty map: as good as not given.
bool isBlank(const Json& value);
/// Whether the value is of the JSON type that the parameter takes; not whether it makes sense.
bool hasType(const ParamSpec& spec, const Json& value);
/// A variable's value is text; for numbers and switches it is read from that text, where it can be.
Json typedVariable(const ParamSpec& spec, Json value);

/// An amount as people write it, with its unit: “5 rows/s”, “10s”. Durations are given in milliseconds.
Text amount(const ParamSpec& spec, double value);
/// The same as the file writes it.
Json amountJson(const ParamSpec& spec, double value);

}  // namespace rw
