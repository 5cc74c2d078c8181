// Lists of things in the state of a view: a column for each of their parts.
#pragma once
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/data/column.h"
#include "core/data/state_reader.h"

namespace rw {

/// `of(thing)` of all things; any integer type whose values fit.
template <class Things, class Of>
void saveIntegers(StateWriter& out, std::string_view name, const Things& things, Of&& of) {
    ColumnBuilder column(Type::of(TypeId::Bigint));
    for (const auto& thing : things) column.append(static_cast<std::int64_t>(of(thing)));
    out.column(name, *column.finish());
}

template <class Things, class Of>
void saveTexts(StateWriter& out, std::string_view name, const Things& things, Of&& of) {
    ColumnBuilder column(Type::of(TypeId::String));
    for (const auto& thing : things) column.appendString(of(thing));
    out.column(name, *column.finish());
}

// An error where the column is of another type or has a NULL.
Result<std::vector<std::int64_t>> restoreIntegers(const StateReader& state, std::string_view name);
/// None of them negative.
Result<std::vector<std::uint64_t>> restoreCounts(const StateReader& state, std::string_view name);
/// All of them finite.
Result<std::vector<double>> restoreDoubles(const StateReader& state, std::string_view name);
Result<std::vector<std::string>> restoreTexts(const StateReader& state, std::string_view name);

/// The columns of saveThings(). First it is told which parts a thing has, then what they are of each.
class PartsWriter {
 public:
    template <class Part>
    void operator()(std::string_view name, const Part& part) {
        if (m_told) return put(m_columns[m_next++].second, part);
        constexpr TypeId kType = std::is_same_v<Part, std::string> ? TypeId::String
                                 : std::is_same_v<Part, double>    ? TypeId::Double
                                                                   : TypeId::Bigint;
        m_columns.emplace_back(name, ColumnBuilder(Type::of(kType)));
    }
    void nextThing() {
        m_told = true;
        m_next = 0;
    }
    void writeTo(StateWriter& out);

 private:
    static void put(ColumnBuilder& column, std::int64_t part) { column.append(part); }
    static void put(ColumnBuilder& column, std::uint64_t part) {
        column.append(static_cast<std::int64_t>(part));
    }
    static void put(ColumnBuilder& column, double part) { column.append(part); }
    static void put(ColumnBuilder& column, const std::string& part) { column.appendString(part); }

    bool m_told = false;
    std::size_t m_next = 0;
    std::vector<std::pair<std::string_view, ColumnBuilder>> m_columns;
};

/// The other way.
class PartsReader {
 public:
    explicit PartsReader(const StateReader& state) : m_state(state) {}
    template <class Part>
    void operator()(std::string_view name, Part& part) {
        if (!m_told) return read(name, part);
        part = std::move(std::get<std::vector<Part>>(m_columns[m_next++])[m_thing]);
    }
    /// How many things there are; an error where a column is wrong or missing, or there are more than `most`.
    Result<std::size_t> told(std::size_t most);
    void nextThing() {
        ++m_thing;
        m_next = 0;
    }

 private:
    using Parts = std::variant<std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<double>,
                               std::vector<std::string>>;
    void read(std::string_view name, const std::int64_t&) { keep(restoreIntegers(m_state, name)); }
    void read(std::string_view name, const std::uint64_t&) { keep(restoreCounts(m_state, name)); }
    void read(std::string_view name, const double&) { keep(restoreDoubles(m_state, name)); }
    void read(std::string_view name, const std::string&) { keep(restoreTexts(m_state, name)); }
    template <class Column>
    void keep(Result<Column> column) {
        if (column.ok()) {
            m_columns.emplace_back(std::move(*column));
        } else if (m_status.ok()) {
            m_status = Status(column.error());
        }
    }

    const StateReader& m_state;
    bool m_told = false;
    std::size_t m_next = 0, m_thing = 0;
    std::vector<Parts> m_columns;
    Status m_status;
};

/// Saves things of which a list of parts is all that is known: a Thing has
///   static void parts(auto& self, auto& part), which hands all of its parts to part(name, member)
/// They are std::int64_t, std::uint64_t, finite doubles and std::string; each becomes a column of its name.
template <class Thing>
void saveThings(StateWriter& out, const std::vector<Thing>& things) {
    PartsWriter columns;
    const Thing none{};
    Thing::parts(none, columns);
    for (const Thing& thing : things) {
        columns.nextThing();
        Thing::parts(thing, columns);
    }
    columns.writeTo(out);
}

/// What saveThings() saved, by the same list. An error where it is not so, or of more than `most` things.
template <class Thing>
Result<std::vector<Thing>> restoreThings(const StateReader& state, std::size_t most) {
    PartsReader columns(state);
    Thing none{};
    Thing::parts(none, columns);
    RW_TRY_ASSIGN(const std::size_t count, columns.told(most));
    std::vector<Thing> things(count);
    for (Thing& thing : things) {
        Thing::parts(thing, columns);
        columns.nextThing();
    }
    return things;
}

}  // namespace rw
