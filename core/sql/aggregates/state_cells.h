// States of groups as bytes: each part of a state is a field of the record, and holds that part of all groups
// one after the other. One function declares the fields for writing and for reading.
#pragma once
#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/data/state_reader.h"
#include "core/data/type.h"
#include "core/sql/aggregates/aggregates.h"

namespace rw::sql {

/// A type whose bytes in memory are those written: no padding, no pointers.
template <class T>
concept PlainCell = std::is_arithmetic_v<T> || std::same_as<T, Int128> || std::same_as<T, UInt128>;

/// Appends values to bytes. A class with parts has `static void cells(auto& self, auto& cells)`, which hands
/// them all to `cells(…)`, and is the same for CellReader.
class CellWriter {
 public:
    static constexpr bool kReads = false;

    template <class... T>
    void operator()(const T&... values) {
        (put(values), ...);
    }
    std::string& bytes() { return m_bytes; }

 private:
    template <class T>
    void put(const T& value) {
        if constexpr (PlainCell<T>) {
            raw(&value, sizeof value);
        } else if constexpr (std::same_as<T, RowOrder>) {
            (*this)(value.time, value.wire, value.sequence);
        } else {
            T::cells(value, *this);
        }
    }
    void put(const std::string& text) {
        put(std::uint64_t{text.size()});
        raw(text.data(), text.size());
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put(std::uint64_t{values.size()});
        if constexpr (PlainCell<T>) {
            raw(values.data(), values.size() * sizeof(T));
        } else {
            for (const T& value : values) put(value);
        }
    }
    void raw(const void* from, std::size_t size) { m_bytes.append(static_cast<const char*>(from), size); }

    std::string m_bytes;
};

/// Takes them off again. Broken bytes leave it !ok(), and the values read empty.
class CellReader {
 public:
    static constexpr bool kReads = true;

    CellReader() = default;
    explicit CellReader(std::string_view bytes) : m_left(bytes) {}

    template <class... T>
    void operator()(T&... values) {
        (take(values), ...);
    }
    /// For a class that finds its parts in contradiction.
    void fail() { m_ok = false; }
    bool ok() const { return m_ok; }
    bool atEnd() const { return m_left.empty(); }
    /// How many things of at least `bytes` each are said to follow; 0 if so many can't.
    std::size_t count(std::size_t bytes) {
        std::uint64_t count = 0;
        take(count);
        if (count > m_left.size() / bytes) fail();
        return m_ok ? static_cast<std::size_t>(count) : 0;
    }

 private:
    template <class T>
    void take(T& value) {
        if constexpr (std::same_as<T, bool>) {
            std::uint8_t byte = 0;
            raw(&byte, sizeof byte);
            value = byte != 0;
        } else if constexpr (PlainCell<T>) {
            raw(&value, sizeof value);
        } else if constexpr (std::same_as<T, RowOrder>) {
            (*this)(value.time, value.wire, value.sequence);
        } else {
            T::cells(value, *this);
        }
    }
    void take(std::string& text) {
        text.resize(count(1));
        raw(text.data(), text.size());
    }
    template <class T>
    void take(std::vector<T>& values) {
        if constexpr (PlainCell<T>) {
            values.resize(count(sizeof(T)));
            raw(values.data(), values.size() * sizeof(T));
        } else {
            values.resize(count(1));
            for (T& value : values) take(value);
        }
    }
    void raw(void* into, std::size_t size) {
        if (size > m_left.size()) fail();
        if (!m_ok || size == 0) return;
        std::memcpy(into, m_left.data(), size);
        m_left.remove_prefix(size);
    }

    std::string_view m_left;
    bool m_ok = true;
};

/// Hands the parts of a state to a CellWriter, or a CellReader, one behind the other: for states that no
/// other version reads.
template <class Cells>
class UnnamedFields {
 public:
    static constexpr bool kReads = Cells::kReads;

    explicit UnnamedFields(Cells& cells) : m_cells(cells) {}
    void operator()(std::string_view, auto&& part) { m_cells(part); }
    bool has(std::string_view) const { return true; }

 private:
    Cells& m_cells;
};

/// Writes the parts of states, a state after the other: fields(name, part, name, part, …), always the same
/// names in the same order, then next().
class StateFieldsWriter {
 public:
    static constexpr bool kReads = false;

    template <class T>
    void operator()(std::string_view name, const T& part) {
        if (m_at == m_fields.size()) m_fields.push_back({std::string(name), {}});
        m_fields[m_at++].cells(part);
    }
    void next() { m_at = 0; }
    void writeTo(StateWriter& out) {
        for (Field& field : m_fields) out.bytes(field.name, field.cells.bytes());
    }

 private:
    struct Field {
        std::string name;
        CellWriter cells;
    };
    std::vector<Field> m_fields;
    std::size_t m_at = 0;
};

/// Reads them again. `state` outlives it.
class StateFieldsReader {
 public:
    static constexpr bool kReads = true;

    explicit StateFieldsReader(const StateReader& state) : m_state(state) {}

    template <class T>
    void operator()(std::string_view name, T& part) {
        if (m_at == m_fields.size()) open(name);
        m_fields[m_at++](part);
    }
    void next() { m_at = 0; }
    /// Whether there is such a part at all: states of earlier versions may have others.
    bool has(std::string_view name) const { return m_state.has(name); }
    /// Whether all was there, and nothing is left.
    Status status() const;

 private:
    void open(std::string_view name);

    const StateReader& m_state;
    std::vector<CellReader> m_fields;
    Status m_status;
    std::size_t m_at = 0;
};

}  // namespace rw::sql
