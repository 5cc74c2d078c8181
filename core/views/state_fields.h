// The state of a view as a list of its fields: the same calls save and restore it.
#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/views/state_lists.h"

namespace rw {

/// Writes the members that it is handed, or reads them:
/// - `state("count", m_count)`: a number, a text, a column, an optional of these, or a list of texts or
/// counts
/// - `state.list(m_rows, most, fields)`: a column for each field that `fields(row, field)` hands over
/// - `state.record("bins", m_bins)`: a part, which has a fields(StateFields&) of its own
/// - `state.records("slice", m_slices, most)`: many of them
/// Elements of maps have a `first` and a `second`. The names and the order of the calls are the format, which
/// later programs must read. After an error in reading nothing more is read.
class StateFields {
 public:
    explicit StateFields(StateWriter& out) : m_out(&out) {}
    explicit StateFields(const StateReader& in) : m_in(&in) {}

    /// Fields are read, and were all well until here: what follows from them may be made.
    bool restores() const { return m_in && m_status.ok(); }
    Status status() const { return m_status; }
    /// The values that were read must be so; `what` names them, for a developer.
    void require(bool so, std::string_view what) {
        if (restores() && !so) m_status = brokenState(what);
    }
    bool has(std::string_view name) const { return restores() && m_in->has(name); }

    /// An optional is written where it has a value.
    template <class Field>
    void operator()(std::string_view name, Field& field) {
        if (m_out) {
            write(name, field);
        } else if constexpr (!std::is_const_v<Field>) {  // the key of a map, on its way out
            if (restores()) m_status = read(name, field);
        }
    }

    template <class List, class Fields>
    void list(List& list, std::size_t most, Fields&& fields) {
        if (m_out) return saveList(*m_out, list, fields);
        if (restores()) m_status = restoreList(*m_in, list, most, fields);
    }

    template <class Part>
    void record(std::string_view name, Part& part) {
        if (m_out) return writeRecord(name, part, kItsOwn);
        if (!restores()) return;
        const Result<StateReader> found = m_in->record(name);
        m_status = found.ok() ? readRecord(*found, part, kItsOwn) : found.status();
    }

    template <class List>
    void records(std::string_view name, List& list, std::size_t most) {
        records(name, list, most, kItsOwn);
    }
    /// `fields(element, state)` hands over those of an element.
    template <class List, class Fields>
    void records(std::string_view name, List& list, std::size_t most, Fields&& fields) {
        if (m_out) {
            for (auto& element : list) writeRecord(name, element, fields);
        } else if (restores()) {
            m_status = readRecords(name, list, most, fields);
        }
    }

 private:
    static constexpr auto kItsOwn = [](auto& part, StateFields& state) { part.fields(state); };

    template <class Part, class Fields>
    void writeRecord(std::string_view name, Part& part, Fields& fields) {
        m_out->record(name, 1, [&](StateWriter& out) {
            StateFields state(out);
            fields(part, state);
        });
    }
    template <class Part, class Fields>
    static Status readRecord(const StateReader& in, Part& part, Fields& fields) {
        StateFields state(in);
        fields(part, state);
        return state.status();
    }
    template <class List, class Fields>
    Status readRecords(std::string_view name, List& list, std::size_t most, Fields& fields) {
        RW_TRY_ASSIGN(const std::vector<StateReader> found, m_in->records(name));
        if (found.size() > most) return brokenState("a list of a chart");
        list.clear();
        for (const StateReader& in : found) {
            ElementOf<List> element{};
            RW_TRY(readRecord(in, element, fields));
            list.insert(list.end(), std::move(element));
        }
        return list.size() == found.size() ? Status() : brokenState("a list of a chart");
    }

    template <class Field>
    void write(std::string_view name, const std::optional<Field>& field) {
        if (field) write(name, *field);
    }
    void write(std::string_view name, bool field) { m_out->u64(name, field ? 1 : 0); }
    void write(std::string_view name, std::signed_integral auto field) { m_out->i64(name, field); }
    void write(std::string_view name, std::unsigned_integral auto field) { m_out->u64(name, field); }
    void write(std::string_view name, double field) { m_out->f64(name, field); }
    void write(std::string_view name, const std::string& field) { m_out->bytes(name, field); }
    void write(std::string_view name, const ColumnRef& field) { m_out->column(name, *field); }
    template <class List>
    requires std::ranges::range<List>
    void write(std::string_view name, const List& list) {
        saveList(*m_out, list, [name](const auto& element, auto& field) { field(name, element); });
    }

    template <class Field>
    Status read(std::string_view name, std::optional<Field>& field) {
        return m_in->has(name) ? read(name, field.emplace()) : Status();
    }
    Status read(std::string_view name, bool& field);
    template <std::integral Field>
    Status read(std::string_view name, Field& field) {
        const auto found = [&] {
            if constexpr (std::signed_integral<Field>) return m_in->i64(name);
            if constexpr (std::unsigned_integral<Field>) return m_in->u64(name);
        }();
        RW_TRY(found.status());
        if (!std::in_range<Field>(*found)) return brokenState("a number of a chart");
        field = static_cast<Field>(*found);
        return {};
    }
    Status read(std::string_view name, double& field);
    Status read(std::string_view name, std::string& field);
    Status read(std::string_view name, ColumnRef& field);
    template <class List>
    requires std::ranges::range<List> Status read(std::string_view name, List& list) {
        return restoreList(*m_in, list, SIZE_MAX,
                           [name](auto& element, auto& field) { field(name, element); });
    }

    StateWriter* m_out = nullptr;  ///< one of the two
    const StateReader* m_in = nullptr;
    Status m_status;
};

}  // namespace rw
