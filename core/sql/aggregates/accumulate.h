// Shared by the accumulators: loops over the values of an argument, and states kept one per group.
#pragma once
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/data/visit_type.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/aggregates/state_cells.h"
#include "core/sql/value_order.h"

namespace rw::sql {

/// Calls body(i, group, value) for every entry i of the input whose argument is not NULL. T is the memory
/// type of the argument. `body` is inlined into three loops: one value for all, no NULLs, NULLs.
template <class T, class Body>
void forEachValue(const AggregateInput& input, Body body) {
    const Column& column = *input.argument->column;
    const T* values = column.values<T>().data();
    const std::uint32_t* rows = input.rows.data();
    const std::uint32_t* groups = input.groups.data();
    const std::size_t count = input.rows.size();
    if (input.argument->constant) {
        if (column.isNull(0)) return;
        for (std::size_t i = 0; i < count; ++i) body(i, groups[i], values[0]);
    } else if (column.validity().allValid()) {
        for (std::size_t i = 0; i < count; ++i) body(i, groups[i], values[rows[i]]);
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            if (column.validity().valid(rows[i])) body(i, groups[i], values[rows[i]]);
        }
    }
}

/// How a value is kept in a state: strings own their bytes.
template <class T>
using Kept = std::conditional_t<std::is_same_v<T, StringRef>, std::string, T>;

template <class T>
void keep(Kept<T>& place, const T& value) {
    if constexpr (std::is_same_v<T, StringRef>) {
        place.assign(value.data(), value.size());
    } else {
        place = value;
    }
}

/// Collects the results of finish().
class Results {
 public:
    explicit Results(Type type) : m_builder(type), m_type(type) {}
    Type type() const { return m_type; }
    template <class T>
    void value(const T& value) {
        m_builder.append(value);
    }
    void value(const std::string& text) { m_builder.appendString(text); }
    void null() { m_builder.appendNull(); }
    /// NULL, and listed among the errors.
    void error(Text reason);
    Vector finish();

 private:
    ColumnBuilder m_builder;
    Type m_type;
    RowErrors m_errors;
};

/// Entries groups[i] become entries i; the others go.
template <class T>
void keepEntries(std::vector<T>& entries, std::span<const std::uint32_t> groups) {
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i] != i) entries[i] = std::move(entries[groups[i]]);
    }
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(groups.size()), entries.end());
}

template <class T>
std::size_t heapBytesOf(const std::vector<T>& entries) {
    std::size_t bytes = 0;
    for (const T& entry : entries) bytes += entry.heapBytes();
    return bytes;
}

inline std::size_t heapBytes(const std::string& text) {
    return text.capacity() > sizeof(std::string) ? text.capacity() : 0;
}
template <class T>
requires std::is_arithmetic_v<T> || std::is_same_v<T, Int128> std::size_t heapBytes(const T&) {
    return 0;
}

/// One `State` a group. A State is empty when default-made and has
///   void merge(const State& other)
///   void finish(Results& out) const
///   static void fields(auto& self, auto& fields), which hands all of its parts to fields(name, part)
///   std::size_t heapBytes() const, in constant time
///   kOnHeap: whether heapBytes() is ever more than 0
template <class State, class Base>
class GroupStates : public Base {
 public:
    GroupStates(Type result, State empty) : m_result(result), m_empty(std::move(empty)) {}

    void resize(std::size_t groups) override { m_states.resize(groups, m_empty); }
    void merge(const Accumulator& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets) override {
        const auto& from = static_cast<const GroupStates&>(other).m_states;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            holdMore(change(m_states[targets[i]], [&](State& state) { state.merge(from[sources[i]]); }));
        }
    }
    void clear(std::span<const std::uint32_t> groups) override {
        for (const std::uint32_t group : groups) {
            holdMore(change(m_states[group], [this](State& state) {
                if constexpr (std::is_same_v<Base, Accumulator>) {
                    state = m_empty;  // room that it has stays, for windows fill it again
                } else {
                    state = State(m_empty);
                }
            }));
        }
    }
    void keep(std::span<const std::uint32_t> groups) override {
        keepEntries(m_states, groups);
        if constexpr (State::kOnHeap) m_heapBytes = heapBytesOf(m_states);
    }
    void shrink() override { m_states.shrink_to_fit(); }
    void reserve(std::size_t groups) override { m_states.reserve(groups); }
    std::size_t groupBytes() const override { return sizeof(State); }
    Vector finish(std::span<const std::uint32_t> groups) const override {
        Results results(m_result);
        for (const std::uint32_t group : groups) m_states[group].finish(results);
        return results.finish();
    }
    std::size_t memoryBytes() const override { return m_states.capacity() * sizeof(State) + m_heapBytes; }
    void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const override {
        StateFieldsWriter fields;
        for (const std::uint32_t group : groups) {
            State::fields(m_states[group], fields);
            fields.next();
        }
        fields.writeTo(out);
    }
    Status restore(std::span<const std::uint32_t> groups, const StateReader& state) override {
        StateFieldsReader fields(state);
        for (const std::uint32_t group : groups) {
            holdMore(change(m_states[group], [&](State& restored) { State::fields(restored, fields); }));
            fields.next();
        }
        return fields.status();
    }
    void writeGroup(std::uint32_t group, CellWriter& out) const override {
        UnnamedFields fields(out);
        State::fields(m_states[group], fields);
    }
    void readGroup(std::uint32_t group, CellReader& in) override {
        UnnamedFields fields(in);
        holdMore(change(m_states[group], [&](State& state) { State::fields(state, fields); }));
    }

 protected:
    State* states() { return m_states.data(); }
    /// Lets body(state) change a group's state and tells how much more it holds (less: modulo 2^64), which
    /// the caller hands to holdMore(), once for many changes.
    template <class Body>
    static std::size_t change(State& state, Body body) {
        if constexpr (std::is_same_v<decltype(body(state)), std::size_t>) {
            return body(state);
        } else if constexpr (State::kOnHeap) {
            const std::size_t before = state.heapBytes();
            body(state);
            return state.heapBytes() - before;
        } else {
            body(state);
            return 0;
        }
    }
    void holdMore(std::size_t bytes) { m_heapBytes += bytes; }

 private:
    Type m_result;
    State m_empty;
    std::vector<State> m_states;
    std::size_t m_heapBytes = 0;
};

/// An accumulator of inserts. Its State also has
///   void add(const T& value), or add(const T&, const RowOrder&) when kOrdered; it may return how much more
///   the state holds, as a std::size_t, where that is quicker than asking heapBytes() before and after
template <class State, class T, bool kOrdered = false>
class StateAccumulator : public GroupStates<State, Accumulator> {
 public:
    explicit StateAccumulator(Type result, State empty = {})
        : GroupStates<State, Accumulator>(result, std::move(empty)) {}

    void update(const AggregateInput& input) override {
        State* const states = this->states();
        std::size_t more = 0;
        forEachValue<T>(input, [&](std::size_t i, std::uint32_t group, const T& value) {
            more += this->change(states[group], [&](State& state) {
                if constexpr (kOrdered) {
                    return state.add(value, input.orders[i]);
                } else {
                    (void)i;
                    return state.add(value);
                }
            });
        });
        this->holdMore(more);
    }
};

/// An accumulator of an updating input. Its State also has
///   void change(const T& value, std::int64_t by), or change(const T&, const RowOrder&, by) when kOrdered
/// where `by` is 1 for a row that comes and -1 for one that is taken back.
template <class State, class T, bool kOrdered = false>
class RetractingStates : public GroupStates<State, RetractingAccumulator> {
 public:
    explicit RetractingStates(Type result, State empty = {})
        : GroupStates<State, RetractingAccumulator>(result, std::move(empty)) {}

    void update(const AggregateInput& input) override { changeAll(input, 1); }
    void retract(const AggregateInput& input) override { changeAll(input, -1); }

 private:
    void changeAll(const AggregateInput& input, std::int64_t by) {
        State* const states = this->states();
        std::size_t more = 0;
        forEachValue<T>(input, [&](std::size_t i, std::uint32_t group, const T& value) {
            more += this->change(states[group], [&](State& state) {
                if constexpr (kOrdered) {
                    state.change(value, input.orders[i], by);
                } else {
                    (void)i;
                    state.change(value, by);
                }
            });
        });
        this->holdMore(more);
    }
};

}  // namespace rw::sql
