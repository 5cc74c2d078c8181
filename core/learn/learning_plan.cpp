#include "core/learn/learning_plan.h"

#include "core/stream/rows/held_state.h"

namespace rw::learn {

ColumnSet lookedAt(const LearningInput& input) {
    ColumnSet read = orderingColumns(input.type);
    read[static_cast<std::size_t>(input.type.eventTime)] = true;
    for (const int key : input.keys) read[static_cast<std::size_t>(key)] = true;
    for (const auto* list : {&input.numbers, &input.texts}) {
        for (const sql::BoundRef& expr : *list) sql::markColumns(*expr, read);
    }
    for (const sql::BoundRef& expr : {input.target, input.label, input.id}) {
        if (expr) sql::markColumns(*expr, read);
    }
    return read;
}

}  // namespace rw::learn
