// Executors: they turn a function of one row into a kernel of a whole batch. NULLs, constants and errors of
// arguments are handled here, once; the function sees values only.
//
// `map<Out, In...>(call, f)` and its kin take the C++ types of result and arguments: bool, std::int32_t,
// std::int64_t, double, Int128, std::string_view (StringRef in memory). Arguments that are NULL give NULL.
// `f` is inlined into tight loops, which the compiler vectorises when `f` has no branches; it may be called
// with the zero values of NULL rows and must bear them. It is copied once a batch.
#pragma once
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/sql/eval/scalar_function.h"

namespace rw::sql {

/// How a value of C++ type T is stored in a column, and is read from there.
template <class T>
struct Stored {
    using Memory = T;
    static T read(const T& value) { return value; }
    static T write(T value) { return value; }
};
template <>
struct Stored<bool> {
    using Memory = std::uint8_t;
    static bool read(std::uint8_t value) { return value != 0; }
    static std::uint8_t write(bool value) { return value ? 1 : 0; }
};
template <>
struct Stored<std::string_view> {
    using Memory = StringRef;
    static std::string_view read(const StringRef& value) { return value.view(); }
};

/// A result being made: fixed-width values, the NULLs and errors inherited from the arguments, and its own.
/// Every row that is not NULL must be written.
class Output {
 public:
    /// `width`: bytes of a value. `perRow`: rows differ even when all arguments are constant.
    Output(const CallArgs& call, std::size_t width, bool perRow = false);

    /// Rows to compute: 1 when every argument is constant, 0 when all are NULL because one constant is.
    std::size_t rows() const { return m_rows; }
    template <class T>
    T* values() {
        return reinterpret_cast<T*>(m_values.data());
    }
    bool isNull(std::size_t row) const { return !m_validity.valid(row); }
    void setNull(std::size_t row) { m_validity.setNull(row, m_rows); }
    /// The row could not be computed. Rows come in ascending order.
    void fail(std::size_t row, Text reason);
    /// Keeps the bytes of an argument's strings alive with the result.
    void shareStrings(const Vector& argument);
    /// Takes over the arenas that hold the texts of the result.
    void keepAlive(StringArena& texts);
    /// The result. Values of NULL rows are zeroed here.
    Vector finish();

 private:
    Type m_type;
    std::size_t m_callRows;
    std::size_t m_width;
    std::size_t m_rows;
    bool m_constant;
    bool m_allNull = false;
    RawBytes m_values;
    Validity m_validity;
    std::vector<BytesRef> m_heaps;
    std::shared_ptr<const RowErrors> m_inherited;
    RowErrors m_own;
};

/// Errors of both; where both have one for a row, that of `first` stays.
std::shared_ptr<const RowErrors> mergeErrors(std::shared_ptr<const RowErrors> first,
                                             std::shared_ptr<const RowErrors> second);
/// Every row of `rows` NULL; constant when there are no errors.
Vector nullVector(Type type, std::size_t rows, std::shared_ptr<const RowErrors> errors = {});

namespace kernel {

template <class T>
struct FlatReader {
    const typename Stored<T>::Memory* values;
    decltype(auto) operator[](std::size_t row) const { return Stored<T>::read(values[row]); }
};
template <class T>
struct ConstantReader {
    T value;
    T operator[](std::size_t) const { return value; }
};
template <class T>
struct AnyReader {
    const typename Stored<T>::Memory* values;
    std::size_t step;
    decltype(auto) operator[](std::size_t row) const { return Stored<T>::read(values[row * step]); }
};

template <class T>
const typename Stored<T>::Memory* valuesOf(const Vector& vector) {
    return vector.column->values<typename Stored<T>::Memory>().data();
}
template <class T>
FlatReader<T> flatReader(const Vector& vector) {
    return {valuesOf<T>(vector)};
}
template <class T>
ConstantReader<T> constantReader(const Vector& vector) {
    return {Stored<T>::read(*valuesOf<T>(vector))};
}
template <class T>
AnyReader<T> anyReader(const Vector& vector) {
    return {valuesOf<T>(vector), vector.constant ? std::size_t{0} : std::size_t{1}};
}

/// Calls body(readers…) with readers whose kind is known at compile time for one and two arguments.
template <class... In, class Body, std::size_t... I>
void withReaders(const CallArgs& call, const Body& body, std::index_sequence<I...>) {
    if constexpr (sizeof...(In) == 1) {
        body(flatReader<In...>(call.args[0]));
    } else if constexpr (sizeof...(In) == 2) {
        using A = std::tuple_element_t<0, std::tuple<In...>>;
        using B = std::tuple_element_t<1, std::tuple<In...>>;
        const Vector &a = call.args[0], &b = call.args[1];
        if (a.constant == b.constant) {  // both constant: one row, which is flat
            body(flatReader<A>(a), flatReader<B>(b));
        } else if (a.constant) {
            body(constantReader<A>(a), flatReader<B>(b));
        } else {
            body(flatReader<A>(a), constantReader<B>(b));
        }
    } else {
        body(anyReader<In>(call.args[I])...);
    }
}

template <class... In, class Body>
void withReaders(const CallArgs& call, const Body& body) {
    withReaders<In...>(call, body, std::index_sequence_for<In...>());
}

// The loops stand alone and take in all that they call (flatten), because the compiler's other inlining
// depends on the size of the file around them, by up to a third of the speed. Readers and `f` come by value:
// writing through `to` can't change them, so that they stay in registers.

template <class Out, class F, class... Readers>
[[gnu::noinline, gnu::flatten]] void mapRows(typename Stored<Out>::Memory* to, std::size_t rows, const F f,
                                             const Readers... in) {
    for (std::size_t row = 0; row < rows; ++row) to[row] = Stored<Out>::write(f(in[row]...));
}

/// Whether no row failed.
template <class Out, class F, class... Readers>
[[gnu::noinline, gnu::flatten]] bool mapCheckedRows(typename Stored<Out>::Memory* to, std::size_t rows,
                                                    const F f, const Readers... in) {
    bool fine = true;
    for (std::size_t row = 0; row < rows; ++row) {
        Out value{};
        fine &= f(value, in[row]...);
        to[row] = Stored<Out>::write(value);
    }
    return fine;
}

}  // namespace kernel

/// Out f(In...): never fails.
template <class Out, class... In, class F>
Vector map(const CallArgs& call, const F& f) {
    using Memory = typename Stored<Out>::Memory;
    Output out(call, sizeof(Memory));
    const std::size_t rows = out.rows();
    Memory* const to = out.values<Memory>();
    if (rows != 0) {
        kernel::withReaders<In...>(call,
                                   [&](const auto&... in) { kernel::mapRows<Out>(to, rows, f, in...); });
    }
    return out.finish();
}

/// bool f(Out&, In...): false when the row fails; `reason(In...)` says why. Computes all rows first and looks
/// for failures only when there was one.
template <class Out, class... In, class F, class Reason>
Vector mapChecked(const CallArgs& call, const F& f, const Reason& reason) {
    using Memory = typename Stored<Out>::Memory;
    Output out(call, sizeof(Memory));
    const std::size_t rows = out.rows();
    Memory* const to = out.values<Memory>();
    if (rows != 0) {
        kernel::withReaders<In...>(call, [&](const auto&... in) {
            if (kernel::mapCheckedRows<Out>(to, rows, f, in...)) return;
            for (std::size_t row = 0; row < rows; ++row) {
                Out value{};
                if (!out.isNull(row) && !f(value, in[row]...)) out.fail(row, reason(in[row]...));
            }
        });
    }
    return out.finish();
}

/// bool f(Out&, In...): false when the result is NULL. Not called for NULL rows.
template <class Out, class... In, class F>
Vector mapNullable(const CallArgs& call, const F& f) {
    using Memory = typename Stored<Out>::Memory;
    Output out(call, sizeof(Memory));
    const std::size_t rows = out.rows();
    Memory* const to = out.values<Memory>();
    if (rows != 0) {
        kernel::withReaders<In...>(call, [&](const auto&... in) {
            for (std::size_t row = 0; row < rows; ++row) {
                Out value{};
                if (out.isNull(row)) continue;
                if (f(value, in[row]...)) {
                    to[row] = Stored<Out>::write(value);
                } else {
                    out.setNull(row);
                }
            }
        });
    }
    return out.finish();
}

inline constexpr std::size_t kTextBlock = 32 * 1024;  ///< bytes, for the texts that a kernel makes

/// Bytes of text after which a kernel need not go on: the evaluation is given up. Text that is the same for
/// all rows counts once however many there are, and not here.
inline std::size_t mostText(const CallArgs& call, const Output& out) {
    return out.rows() > 1 ? call.work.left() : std::numeric_limits<std::size_t>::max();
}
/// Why a row fails whose text would be longer than Work::longestText().
Text tooLong();
/// A value or an argument as the reason of a failed row quotes it: its beginning, for there may be as many
/// reasons as rows.
std::string quoted(std::string_view text);
/// The result of a kernel that made `texts`, or NULLs where they are too much.
Vector finishTexts(const CallArgs& call, Output& out, StringArena& texts);

/// The result of a function that makes text, for a row.
enum class Made { Value, Null, Error };

/// Made f(std::string& out, In...) appends the text to `out`, which is empty; `reason(In...)` tells why a row
/// failed. Not called for NULL rows.
template <class... In, class F, class Reason>
Vector mapText(const CallArgs& call, const F& f, const Reason& reason) {
    Output out(call, sizeof(StringRef));
    const std::size_t rows = out.rows();
    auto* const to = out.values<StringRef>();
    StringArena texts(kTextBlock, kTextBlock);
    const std::size_t most = mostText(call, out);
    std::string text;
    if (rows != 0) {
        kernel::withReaders<In...>(call, [&](const auto&... in) {
            for (std::size_t row = 0; row < rows; ++row) {
                if (out.isNull(row)) continue;
                text.clear();
                const Made made = f(text, in[row]...);
                if (made == Made::Value) {
                    to[row] = texts.add(text);
                    if (texts.bytes() > most) break;
                } else if (made == Made::Null) {
                    out.setNull(row);
                } else {
                    out.fail(row, reason(in[row]...));
                }
            }
        });
    }
    return finishTexts(call, out, texts);
}

/// void f(std::string& out, In...): as mapText for a function that always gives a text.
template <class... In, class F>
Vector mapText(const CallArgs& call, const F& f) {
    return mapText<In...>(
        call,
        [&f](std::string& out, const In&... in) {
            f(out, in...);
            return Made::Value;
        },
        [](const In&...) { return Text{}; });
}

/// std::string_view f(std::string_view, In...): a part of the first argument, whose bytes the result shares.
template <class... In, class F>
Vector mapPart(const CallArgs& call, const F& f) {
    Output out(call, sizeof(StringRef));
    const std::size_t rows = out.rows();
    auto* const to = out.values<StringRef>();
    if (rows != 0) {
        kernel::withReaders<std::string_view, In...>(call, [&](const auto&... in) {
            for (std::size_t row = 0; row < rows; ++row) {
                const std::string_view part = f(in[row]...);
                to[row] = part.empty() ? StringRef() : StringRef(part);  // an empty view may point nowhere
            }
        });
        out.shareStrings(call.args[0]);
    }
    return out.finish();
}

}  // namespace rw::sql
