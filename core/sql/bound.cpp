#include "core/sql/bound.h"

#include <unordered_set>

#include "core/sql/coercion.h"

namespace rw::sql {

namespace {

/// Calls visit(expr) for every expression of a tree whose shared parts are visited once; stops when it is
/// true.
template <class Visit>
bool anyOf(const BoundExpr& expr, std::unordered_set<const BoundExpr*>& seen, const Visit& visit) {
    if (expr.shared && !seen.insert(&expr).second) return false;
    if (visit(expr)) return true;
    for (const BoundRef& arg : expr.args) {
        if (anyOf(*arg, seen, visit)) return true;
    }
    return false;
}

}  // namespace

void markColumns(const BoundExpr& expr, std::vector<bool>& used) {
    std::unordered_set<const BoundExpr*> seen;
    anyOf(expr, seen, [&used](const BoundExpr& part) {
        if (part.kind == BoundExpr::Kind::Column) used[static_cast<std::size_t>(part.column)] = true;
        return false;
    });
}

bool canFail(const BoundExpr& expr) {
    std::unordered_set<const BoundExpr*> seen;
    return anyOf(expr, seen, [](const BoundExpr& part) {
        if (part.kind == BoundExpr::Kind::Call) return part.canFail;
        return part.kind == BoundExpr::Kind::Cast && !part.tryCast &&
               castCanFail(part.args[0]->type, part.type);
    });
}

}  // namespace rw::sql
