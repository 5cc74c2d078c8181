#include "core/pipeline/join_sides.h"

#include "core/pipeline/column_def.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

constexpr std::size_t kMostConditions = 3;

Schema columnsAt(const std::vector<std::vector<StreamType>>& inputs, std::size_t port) {
    return port < inputs.size() && !inputs[port].empty() ? *inputs[port].front().schema : Schema{};
}

}  // namespace

JoinSides joinSides(const NodeKind& kind, const Json& params,
                    const std::vector<std::vector<StreamType>>& inputs) {
    return {{{"left", columnsAt(inputs, 0)},
             {"right", kind.inputs.size() > 1 ? columnsAt(inputs, 1) : declaredColumns(params)}}};
}

bool meets(Type a, Type b) {
    return a == b || (a.isInteger() && b.isInteger());
}

std::vector<std::string> likelyConditions(const JoinSides& sides) {
    const auto& [left, right] = sides;
    std::vector<std::string> out;
    for (const Field& field : left.columns.fields) {
        const auto same = right.columns.find(field.name);
        if (!same || field.type.is(TypeId::Timestamp) || field.type.is(TypeId::Double)) continue;
        if (!meets(field.type, right.columns.fields[static_cast<std::size_t>(*same)].type)) continue;
        const std::string name = sql::quoteIdentifier(field.name);
        out.push_back(left.name + "." + name + " = " + right.name + "." + name);
        if (out.size() == kMostConditions) break;
    }
    return out;
}

}  // namespace rw
