// Lists in the state of a view: each field of the elements becomes a column of its name.
#pragma once
#include <concepts>
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
#include "core/sql/aggregates/state_cells.h"

namespace rw {

/// What a list holds, with nothing in it constant: that of a map is a first and a second.
template <class List>
struct ElementIn {
    using Type = typename List::value_type;
};
template <class List>
requires requires {
    typename List::mapped_type;
}
struct ElementIn<List> {
    using Type = std::pair<typename List::key_type, typename List::mapped_type>;
};
template <class List>
using ElementOf = typename ElementIn<List>::Type;

/// How a column keeps a field: integers as 64 bits, sums (which have `cells`) as bytes.
template <class Field>
using KeptAs = std::conditional_t<std::signed_integral<Field>, std::int64_t,
                                  std::conditional_t<std::unsigned_integral<Field>, std::uint64_t, Field>>;

/// The columns of saveList(). First it is told the fields of an element, then the values of each element.
class ListWriter {
 public:
    template <class Field>
    void operator()(std::string_view name, const Field& field) {
        if (m_told) return put(m_columns[m_next++].second, field);
        if constexpr (std::same_as<Field, std::string>) {
            m_columns.emplace_back(name, ColumnBuilder(Type::of(TypeId::String)));
        } else if constexpr (std::same_as<Field, double>) {
            m_columns.emplace_back(name, ColumnBuilder(Type::of(TypeId::Double)));
        } else if constexpr (std::integral<Field>) {
            m_columns.emplace_back(name, ColumnBuilder(Type::of(TypeId::Bigint)));
        } else {
            m_columns.emplace_back(name, sql::CellWriter());
        }
    }
    void nextElement() {
        m_told = true;
        m_next = 0;
    }
    void writeTo(StateWriter& out);

 private:
    using Column = std::variant<ColumnBuilder, sql::CellWriter>;
    template <class Field>
    static void put(Column& column, const Field& field) {
        if constexpr (std::same_as<Field, std::string>) {
            std::get<ColumnBuilder>(column).appendString(field);
        } else if constexpr (std::same_as<Field, double>) {
            std::get<ColumnBuilder>(column).append(field);
        } else if constexpr (std::integral<Field>) {
            std::get<ColumnBuilder>(column).append(static_cast<std::int64_t>(field));
        } else {
            std::get<sql::CellWriter>(column)(field);
        }
    }

    bool m_told = false;
    std::size_t m_next = 0;
    std::vector<std::pair<std::string_view, Column>> m_columns;
};

/// The other way.
class ListReader {
 public:
    explicit ListReader(const StateReader& state) : m_state(state) {}
    template <class Field>
    void operator()(std::string_view name, Field& field) {
        if (!m_told) return open(name, KeptAs<Field>());
        auto& column = m_columns[m_next++];
        if constexpr (std::integral<Field>) {
            const auto kept = std::get<std::vector<KeptAs<Field>>>(column)[m_element];
            m_fits = m_fits && std::in_range<Field>(kept);
            field = static_cast<Field>(kept);
        } else if constexpr (std::same_as<Field, double> || std::same_as<Field, std::string>) {
            field = std::move(std::get<std::vector<Field>>(column)[m_element]);
        } else {
            std::get<sql::CellReader>(column)(field);
        }
    }
    /// How many elements there are; an error where a column is wrong or missing, or there are more than
    /// `most`.
    Result<std::size_t> told(std::size_t most);
    void nextElement() {
        ++m_element;
        m_next = 0;
    }
    /// After the last: whether all of them were well, and nothing is left.
    Status status() const;

 private:
    using Column = std::variant<std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<double>,
                                std::vector<std::string>, sql::CellReader>;
    // An error where the column is of another type, has a NULL, a negative count or a number that is not
    // finite.
    void open(std::string_view name, std::int64_t);
    void open(std::string_view name, std::uint64_t);
    void open(std::string_view name, double);
    void open(std::string_view name, const std::string&);
    template <class Sum>
    void open(std::string_view name, const Sum&) {
        openCells(name);
    }
    void openCells(std::string_view name);
    template <class Opened>
    void keep(Result<Opened> column);

    const StateReader& m_state;
    bool m_told = false, m_fits = true;
    std::size_t m_next = 0, m_element = 0;
    std::vector<Column> m_columns;
    Status m_status;
};

/// `fields(element, field)` hands all fields of an element to field(name, member): integers, doubles that are
/// finite, std::string, and sums.
template <class List, class Fields>
void saveList(StateWriter& out, const List& list, Fields&& fields) {
    ListWriter columns;
    const ElementOf<List> none{};
    fields(none, columns);
    for (const auto& element : list) {
        columns.nextElement();
        fields(element, columns);
    }
    columns.writeTo(out);
}

/// The list that saveList() saved, by the same fields. An error where it is broken, has more than `most`
/// elements, or two that are one in this kind of list.
template <class List, class Fields>
Status restoreList(const StateReader& state, List& list, std::size_t most, Fields&& fields) {
    ListReader columns(state);
    ElementOf<List> none{};
    fields(none, columns);
    RW_TRY_ASSIGN(const std::size_t count, columns.told(most));
    list.clear();
    for (std::size_t i = 0; i < count; ++i) {
        ElementOf<List> element{};
        fields(element, columns);
        list.insert(list.end(), std::move(element));
        columns.nextElement();
    }
    RW_TRY(columns.status());
    return list.size() == count ? Status() : brokenState("a list of a chart");
}

}  // namespace rw
