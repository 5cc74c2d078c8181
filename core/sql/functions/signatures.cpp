#include "core/sql/functions/signatures.h"

#include "core/sql/coercion.h"

namespace rw::sql {

bool convertsImplicitly(Type from, Type to) {
    if (from == to || from.is(TypeId::Null)) return true;
    if (from.is(TypeId::Date) && to.is(TypeId::Timestamp)) return true;
    if (!from.isNumeric() || !to.isNumeric()) return false;
    const auto common = commonType(from, to);
    return common && *common == to;
}

SqlError wrongArgument(std::string_view function, std::size_t index, Type given, Text fix) {
    SqlError error;
    error.message =
        RW_TEXT("sql", "%1 does not take %2 as argument %3.").with(function, toString(given), index + 1);
    error.fix = std::move(fix);
    error.position = index + 1;
    return error;
}

Text castFix(Type to) {
    return RW_TEXT("sql", "Write CAST(… AS %1).").with(toString(to));
}

Resolver accepts(std::string_view function, std::vector<Type> params, Type result) {
    return [function, params = std::move(params), result](std::span<const ArgInfo> args,
                                                          std::string_view) -> Parsed<Resolved> {
        Resolved resolved{result, {}, {}};
        for (std::size_t i = 0; i < args.size(); ++i) {
            if (!convertsImplicitly(args[i].type, params[i])) {
                return wrongArgument(function, i, args[i].type, castFix(params[i]));
            }
            resolved.params.push_back(params[i]);
        }
        return resolved;
    };
}

Resolver acceptsMany(std::string_view function, Type param, Type result) {
    return [function, param, result](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        for (std::size_t i = 0; i < args.size(); ++i) {
            if (!convertsImplicitly(args[i].type, param)) {
                return wrongArgument(function, i, args[i].type, castFix(param));
            }
        }
        return Resolved{result, std::vector<Type>(args.size(), param), {}};
    };
}

Resolver acceptsDoubles(std::string_view function) {
    return acceptsMany(function, doubleType(), doubleType());
}

Resolver acceptsCommon(std::string_view function) {
    return [function](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        Type common = Type::of(TypeId::Null);
        for (std::size_t i = 0; i < args.size(); ++i) {
            const auto next = commonType(common, args[i].type);
            if (!next) {
                SqlError error;
                error.message = RW_TEXT("sql", "%1 can't mix %2 with %3.")
                                    .with(function, toString(common), toString(args[i].type));
                error.fix = castFix(common);
                error.position = i + 1;
                return error;
            }
            common = *next;
        }
        return Resolved{common, std::vector<Type>(args.size(), common), {}};
    };
}

}  // namespace rw::sql
