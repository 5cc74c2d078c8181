// Structs in the state of a view, one by one or as lists: their fields are named once, for saving and
// restoring.
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

/// The columns of saveList(). First it is told the fields of an element, then the values of each element.
class ListWriter {
 public:
    template <class Field>
    void operator()(std::string_view name, const Field& field) {
        if (m_told) return put(m_columns[m_next++].second, field);
        constexpr TypeId kType = std::is_same_v<Field, std::string> ? TypeId::String
                                 : std::is_same_v<Field, double>    ? TypeId::Double
                                                                    : TypeId::Bigint;
        m_columns.emplace_back(name, ColumnBuilder(Type::of(kType)));
    }
    void nextElement() {
        m_told = true;
        m_next = 0;
    }
    void writeTo(StateWriter& out);

 private:
    static void put(ColumnBuilder& column, std::int64_t field) { column.append(field); }
    static void put(ColumnBuilder& column, std::uint64_t field) {
        column.append(static_cast<std::int64_t>(field));
    }
    static void put(ColumnBuilder& column, double field) { column.append(field); }
    static void put(ColumnBuilder& column, const std::string& field) { column.appendString(field); }

    bool m_told = false;
    std::size_t m_next = 0;
    std::vector<std::pair<std::string_view, ColumnBuilder>> m_columns;
};

/// The other way.
class ListReader {
 public:
    explicit ListReader(const StateReader& state) : m_state(state) {}
    template <class Field>
    void operator()(std::string_view name, Field& field) {
        if (!m_told) return read(name, field);
        field = std::move(std::get<std::vector<Field>>(m_columns[m_next++])[m_element]);
    }
    /// How many elements there are; an error where a column is wrong or missing, or there are more than
    /// `most`.
    Result<std::size_t> told(std::size_t most);
    void nextElement() {
        ++m_element;
        m_next = 0;
    }

 private:
    using Columns = std::variant<std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<double>,
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
    std::size_t m_next = 0, m_element = 0;
    std::vector<Columns> m_columns;
    Status m_status;
};

/// The fields of one struct, each by its name in the record.
class FieldsWriter {
 public:
    explicit FieldsWriter(StateWriter& out) : m_out(out) {}
    void operator()(std::string_view name, std::int64_t field) { m_out.i64(name, field); }
    void operator()(std::string_view name, std::uint64_t field) { m_out.u64(name, field); }
    void operator()(std::string_view name, double field) { m_out.f64(name, field); }

 private:
    StateWriter& m_out;
};

/// The other way. A missing field is an error, and so are all calls that follow.
class FieldsReader {
 public:
    explicit FieldsReader(const StateReader& state) : m_state(state) {}
    void operator()(std::string_view name, std::int64_t& field) { take(m_state.i64(name), field); }
    void operator()(std::string_view name, std::uint64_t& field) { take(m_state.u64(name), field); }
    void operator()(std::string_view name, double& field) { take(m_state.f64(name), field); }
    Status status() const { return m_status; }

 private:
    template <class Field>
    void take(Result<Field> found, Field& field) {
        if (found.ok()) {
            field = *found;
        } else if (m_status.ok()) {
            m_status = Status(found.error());
        }
    }
    const StateReader& m_state;
    Status m_status;
};

// The state of a view is declared once, for saving and restoring: a struct has
//   static void fields(auto& self, auto& field), which hands all of its members to field(name, member)
// They are std::int64_t, std::uint64_t, double and, in lists, std::string.

/// A list of such structs: each field becomes a column of its name, so doubles must be finite.
template <class Element>
void saveList(StateWriter& out, const std::vector<Element>& list) {
    ListWriter columns;
    const Element none{};
    Element::fields(none, columns);
    for (const Element& element : list) {
        columns.nextElement();
        Element::fields(element, columns);
    }
    columns.writeTo(out);
}

/// The list that saveList() saved, by the same fields. An error where it is broken, or has more than `most`
/// elements.
template <class Element>
Result<std::vector<Element>> restoreList(const StateReader& state, std::size_t most) {
    ListReader columns(state);
    Element none{};
    Element::fields(none, columns);
    RW_TRY_ASSIGN(const std::size_t count, columns.told(most));
    std::vector<Element> list(count);
    for (Element& element : list) {
        Element::fields(element, columns);
        columns.nextElement();
    }
    return list;
}

/// One such struct, into the record that is being written.
template <class Saved>
void saveFields(StateWriter& out, const Saved& saved) {
    FieldsWriter fields(out);
    Saved::fields(saved, fields);
}

template <class Saved>
Result<Saved> restoreFields(const StateReader& state) {
    FieldsReader fields(state);
    Saved saved{};
    Saved::fields(saved, fields);
    RW_TRY(fields.status());
    return saved;
}

}  // namespace rw
