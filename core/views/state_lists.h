// Lists in the state of a view: each field of the elements becomes a column of its name.
#pragma once
#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/column.h"
#include "core/data/state_reader.h"
#include "core/sql/aggregates/state_cells.h"

namespace rw {

/// The type of a list's elements, with nothing in it constant: that of a map is a first and a second.
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

/// The type of the column that a field becomes; nothing: bytes, in which the sums follow each other.
template <class Field>
constexpr std::optional<TypeId> kColumnFor = std::nullopt;
template <>
inline constexpr std::optional<TypeId> kColumnFor<std::string> = TypeId::String;
template <>
inline constexpr std::optional<TypeId> kColumnFor<double> = TypeId::Double;
template <std::integral Field>
constexpr std::optional<TypeId> kColumnFor<Field> = TypeId::Bigint;

/// The columns of saveList(). First it is told the fields of an element, then the values of each element.
class ListWriter {
 public:
    template <class Field>
    void operator()(std::string_view name, const Field& field) {
        if (!m_told) return open(name, kColumnFor<Field>);
        Column& column = m_columns[m_next++];
        if constexpr (!kColumnFor<Field>) {
            column.sums(field);
        } else if constexpr (std::same_as<Field, std::string>) {
            column.values->appendString(field);
        } else if constexpr (std::same_as<Field, double>) {
            column.values->append(field);
        } else {
            column.values->append(static_cast<std::int64_t>(field));
        }
    }
    void nextElement() {
        m_told = true;
        m_next = 0;
    }
    void writeTo(StateWriter& out);

 private:
    struct Column {
        std::string_view name;
        std::optional<ColumnBuilder> values{};
        sql::CellWriter sums{};
    };
    void open(std::string_view name, std::optional<TypeId> type);

    bool m_told = false;
    std::size_t m_next = 0;
    std::vector<Column> m_columns;
};

/// The other way.
class ListReader {
 public:
    explicit ListReader(const StateReader& state) : m_state(state) {}
    template <class Field>
    void operator()(std::string_view name, Field& field) {
        if (!m_told) return open(name, kColumnFor<Field>);
        Column& column = m_columns[m_next++];
        if constexpr (!kColumnFor<Field>) {
            column.sums(field);
        } else if constexpr (std::same_as<Field, std::string>) {
            field = column.values->string(m_element);
        } else if constexpr (std::same_as<Field, double>) {
            field = column.values->at<double>(m_element);
            m_fit = m_fit && std::isfinite(field);
        } else {
            const auto value = column.values->at<std::int64_t>(m_element);
            m_fit = m_fit && std::in_range<Field>(value);
            field = static_cast<Field>(value);
        }
    }
    /// How many elements there are; an error where a column is wrong or missing, or there are more than
    /// `most`.
    Result<std::size_t> told(std::size_t most);
    void nextElement() {
        ++m_element;
        m_next = 0;
    }
    /// After the last: whether all were numbers that such fields can have, and no sum is left.
    Status status() const;

 private:
    struct Column {
        ColumnRef values{};
        sql::CellReader sums{};
    };
    void open(std::string_view name, std::optional<TypeId> type);
    Result<Column> opened(std::string_view name, std::optional<TypeId> type) const;

    const StateReader& m_state;
    bool m_told = false, m_fit = true;
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
