// Decides once for a column or a batch what depends on its type: the type of a value that is known only at
// run time becomes a C++ type.
//
// Each line of types.def is a struct of its name in `types`, and visitType() calls a body with the one of a
// TypeId. A body is mostly a set of lambdas, of which the nearest is taken:
//
//     visitType(type.id, Overloaded{
//         [&](types::String) { … },                               // this type
//         [&](AnyOf<types::Date, types::Timestamp> auto) { … },   // one of these
//         [&]<class T>(OfMemory<T>) { … column.at<T>(row) … }});  // all others of a memory type
//
// A set that forgets a type does not compile. There is no lambda for “all others” on purpose: name them.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "core/data/string_ref.h"
#include "core/data/type.h"

namespace rw {

/// Groups of types: values of one kind are converted and compared alike.
enum class TypeKind : std::uint8_t { Truth, Number, Text, Time, Bytes, Nothing, Interval };

/// Shared by types of one memory type: how their values lie in columns.
template <class T>
struct OfMemory {
    using Memory = T;
};

namespace types {
#define RW_TYPE(id, memory, name, kind)                   \
    struct id : OfMemory<memory> {                        \
        static constexpr TypeId kId = TypeId::id;         \
        static constexpr std::string_view kName = name;   \
        static constexpr TypeKind kKind = TypeKind::kind; \
    };
#include "core/data/types.def"
#undef RW_TYPE
}  // namespace types

/// A parameter `AnyOf<types::Date, types::Timestamp> auto` takes any of these types.
template <class Each, class... Types>
concept AnyOf = (std::is_same_v<Each, Types> || ...);

template <class... Bodies>
struct Overloaded : Bodies... {
    using Bodies::operator()...;
};
template <class... Bodies>
Overloaded(Bodies...) -> Overloaded<Bodies...>;

/// Calls body(types::X{}) for TypeId::X. All calls give what the one with types::Boolean gives. A number that
/// is no TypeId counts as NULL. Inlined, for some callers ask for each value.
template <class Body>
[[gnu::always_inline]] constexpr auto visitType(TypeId type, Body&& body)
    -> decltype(body(types::Boolean{})) {
    switch (type) {
#define RW_TYPE(id, memory, name, kind) \
    case TypeId::id:                    \
        return body(types::id{});
#include "core/data/types.def"
#undef RW_TYPE
    }
    return body(types::Null{});
}

constexpr TypeKind kindOf(TypeId type) {
    return visitType(type, [](auto visited) { return visited.kKind; });
}

constexpr std::string_view nameOf(TypeId type) {
    return visitType(type, [](auto visited) { return visited.kName; });
}

/// Whether a column of a stream may have the type.
constexpr bool isOfColumns(TypeId type) {
    return kindOf(type) != TypeKind::Nothing && kindOf(type) != TypeKind::Interval;
}

inline constexpr std::array kTypeIds{
#define RW_TYPE(id, memory, name, kind) TypeId::id,
#include "core/data/types.def"
#undef RW_TYPE
};

/// The types that are added up: numbers and intervals.
template <class Each>
inline constexpr bool kIsAmount = Each::kKind == TypeKind::Number || Each::kKind == TypeKind::Interval;

/// As visitType() for numbers and intervals; a default-made result for all other types.
template <class Body>
constexpr auto visitAmount(TypeId type, Body&& body) -> decltype(body(types::Double{})) {
    using Result = decltype(body(types::Double{}));
    return visitType(type, [&body]<class Each>(Each visited) -> Result {
        if constexpr (kIsAmount<Each>) {
            return body(visited);
        } else {
            return Result();
        }
    });
}

/// Calls body.template operator()<T>() with the memory type T of `type`.
template <class Body>
constexpr auto withMemoryType(TypeId type, Body&& body)
    -> decltype(body.template operator()<std::uint8_t>()) {
    return visitType(type, [&body]<class T>(OfMemory<T>) { return body.template operator()<T>(); });
}

/// Whether values are StringRefs: the bytes of long ones lie in a column's heaps().
constexpr bool isReference(TypeId type) {
    return withMemoryType(type, []<class T>() { return std::is_same_v<T, StringRef>; });
}

}  // namespace rw
