// IN with a long list of literals: one look-up a row instead of one comparison a value.
#include <algorithm>

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// The values of a list, sorted, without NULL; T owns its bytes.
template <class T>
struct LiteralSet {
    std::vector<T> values;
    bool hasNull = false;
};

/// The literal as a T; an INT may stand in a list of BIGINTs.
template <class T>
T valueOf(const Value& literal) {
    if constexpr (std::is_same_v<T, std::int64_t>) {
        if (const auto* const narrow = std::get_if<std::int32_t>(&literal)) return *narrow;
    }
    return std::get<T>(literal);
}

template <class T>
std::shared_ptr<const void> prepared(std::span<const ArgInfo> list) {
    auto set = std::make_shared<LiteralSet<T>>();
    for (const ArgInfo& item : list) {
        if (isNull(*item.literal)) {
            set->hasNull = true;
        } else {
            set->values.push_back(valueOf<T>(*item.literal));
        }
    }
    std::sort(set->values.begin(), set->values.end());
    return std::shared_ptr<const LiteralSet<T>>(std::move(set));
}

/// For lists that the binder found to be literals of the first argument's type, narrower, or NULL.
Parsed<Resolved> resolveSet(std::span<const ArgInfo> args, std::string_view) {
    const Type type = args[0].type;
    Resolved resolved{booleanType(), std::vector<Type>(args.size(), type), {}};
    const auto list = args.subspan(1);
    if (type.is(TypeId::String)) {
        resolved.prepared = prepared<std::string>(list);
    } else if (type.is(TypeId::Int) || type.is(TypeId::Date)) {
        resolved.prepared = prepared<std::int32_t>(list);
    } else {
        resolved.prepared = prepared<std::int64_t>(list);
    }
    return resolved;
}

/// In is how a row's value is read, T how the set holds it.
template <class In, class T>
Vector lookUp(const CallArgs& call) {
    const auto& set = *static_cast<const LiteralSet<T>*>(call.call.prepared.get());
    const CallArgs value{call.args.first(1), call.rows, call.call, call.context};
    return mapNullable<bool, In>(value, [&set](bool& out, const In& in) {
        const auto place = std::lower_bound(set.values.begin(), set.values.end(), in);
        out = place != set.values.end() && *place == in;
        return out || !set.hasNull;  // not among them, but perhaps the same as NULL
    });
}

Vector evaluateSet(const CallArgs& call) {
    switch (call.args[0].column->type().id) {
        case TypeId::String:
            return lookUp<std::string_view, std::string>(call);
        case TypeId::Int:
        case TypeId::Date:
            return lookUp<std::int32_t, std::int32_t>(call);
        default:
            return lookUp<std::int64_t, std::int64_t>(call);
    }
}

}  // namespace

void addLiteralSet(std::vector<ScalarFunction>& functions) {
    functions.push_back({"IN", "a IN (x, y, …)", RW_TEXT("sql", "Whether a is one of the values."),
                         "operator", 2, -1, resolveSet, evaluateSet});
}

}  // namespace rw::sql
