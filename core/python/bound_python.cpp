#include "core/python/bound_python.h"

#include <utility>

#include "core/stream/lineage/keyed_match.h"
#include "core/stream/lineage/own_row.h"

namespace rw {

Result<std::vector<Contributors>> BoundPython::contributors(const AskedRow& asked) const {
    const bool known = asked.row.positions.known();
    OwnRow own;
    if (known && function.time >= 0) {
        // The event time stays as it is, under its name.
        const std::string& name = function.output->fields[static_cast<std::size_t>(function.time)].name;
        if (const auto column = function.input->find(name)) own.columns.push_back({*column, function.time});
    }
    if (!known) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lineage",
                              "Which row a Python function was given is told by the row's number in its "
                              "source, and the rows here were made by a node above and have none."),
                      RW_TEXT("lineage", "Ask about the rows of the node above the function."));
    }
    std::vector<Contributors> all{itself(asked, own)};
    if (function.stateful) {
        all.push_back({0, std::make_shared<RowMatch>(),
                       RW_TEXT("lineage", "earlier rows, which its state is made of"), true});
    } else if (function.keyed) {
        all.push_back({0, earlierOfKey(asked),
                       RW_TEXT("lineage", "earlier rows of the key, which its state is made of"), true});
    }
    return all;
}

/// Null where the function does not give the keys again.
RowPredicateRef BoundPython::earlierOfKey(const AskedRow& asked) const {
    auto match = rowsOfKeys(asked, {}, -1);
    for (const int key : distribution.keys.front()) {
        const Field& field = function.input->fields[static_cast<std::size_t>(key)];
        const auto column = function.output->find(field.name);
        if (!column || function.output->fields[static_cast<std::size_t>(*column)] != field) return nullptr;
        match->equal.push_back({key, *column});
    }
    return match;
}

}  // namespace rw
