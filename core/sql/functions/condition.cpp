// Functions that choose among their arguments.
#include "core/data/visit_type.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"
#include "core/sql/value_order.h"

namespace rw::sql {

namespace {

Parsed<Resolved> resolveIf(std::span<const ArgInfo> args, std::string_view) {
    if (!convertsImplicitly(args[0].type, booleanType())) {
        return wrongArgument("IF", 0, args[0].type, RW_TEXT("sql", "Write a condition: IF(a > 1, …, …)."));
    }
    auto branches = acceptsCommon("IF")(args.subspan(1), {});
    if (auto* const error = std::get_if<SqlError>(&branches)) {
        ++error->position;
        return branches;
    }
    auto& typed = std::get<Resolved>(branches);
    typed.params.insert(typed.params.begin(), booleanType());
    return branches;
}

/// The argument that is above (below) all others, NaN above every number; NULL with any NULL.
template <class T, bool greatest>
Vector extreme(const CallArgs& call) {
    using Memory = typename Stored<T>::Memory;
    Output out(call, sizeof(Memory));
    auto* const to = out.values<Memory>();
    std::vector<kernel::AnyReader<T>> readers;
    for (const Vector& arg : call.args) {
        readers.push_back(kernel::anyReader<T>(arg));
        if constexpr (std::is_same_v<T, std::string_view>) out.shareStrings(arg);
    }
    for (std::size_t row = 0; row < out.rows(); ++row) {
        T best = readers[0][row];
        for (std::size_t i = 1; i < readers.size(); ++i) {
            const T value = readers[i][row];
            if (greatest ? ordersBefore(best, value) : ordersBefore(value, best)) best = value;
        }
        if constexpr (std::is_same_v<T, std::string_view>) {
            to[row] = StringRef(best);
        } else {
            to[row] = Stored<T>::write(best);
        }
    }
    return out.finish();
}

template <bool greatest>
Vector evaluateExtreme(const CallArgs& call) {
    return visitType(
        call.call.type.id,
        Overloaded{[&](types::Null) { return nullVector(call.call.type, call.rows); },
                   [&](OfMemory<std::uint8_t>) { return extreme<bool, greatest>(call); },
                   [&](OfMemory<StringRef>) { return extreme<std::string_view, greatest>(call); },
                   [&]<class T>(OfMemory<T>) { return extreme<T, greatest>(call); }});
}

}  // namespace

void addConditionFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back({"COALESCE", "COALESCE(a, b, …)",
                         RW_TEXT("sql", "The first argument that is not NULL."), "condition", 1, -1,
                         acceptsCommon("COALESCE"), nullptr});
    functions.push_back({"NULLIF", "NULLIF(a, b)",
                         RW_TEXT("sql", "NULL where both are the same, otherwise a."), "condition", 2, 2,
                         acceptsCommon("NULLIF"), nullptr});
    functions.push_back({"IF", "IF(condition, a, b)",
                         RW_TEXT("sql", "a where the condition holds, otherwise (also for NULL) b."),
                         "condition", 3, 3, resolveIf, nullptr});
    functions.push_back({"GREATEST", "GREATEST(a, b, …)",
                         RW_TEXT("sql", "The largest argument; NULL when one of them is."), "condition", 1,
                         -1, acceptsCommon("GREATEST"), evaluateExtreme<true>});
    functions.push_back({"LEAST", "LEAST(a, b, …)",
                         RW_TEXT("sql", "The smallest argument; NULL when one of them is."), "condition", 1,
                         -1, acceptsCommon("LEAST"), evaluateExtreme<false>});
}

}  // namespace rw::sql
