#include "core/sql/eval/kernels.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/data/utf8.h"

namespace rw::sql {

namespace {

/// Marks the NULLs of `column` in `validity` as well.
void addNulls(std::vector<std::uint64_t>& validity, const Column& column) {
    const auto& words = column.validity().words();
    if (words.empty()) return;
    if (validity.empty()) {
        validity = words;
        return;
    }
    for (std::size_t i = 0; i < words.size(); ++i) validity[i] &= words[i];
}

template <class T>
void zeroNullsOf(std::byte* values, const std::vector<std::uint64_t>& validity, std::size_t rows) {
    for (std::size_t word = 0; word < validity.size(); ++word) {
        const std::size_t first = word * 64, left = rows - first;
        std::uint64_t nulls = ~validity[word];
        if (left < 64) nulls &= (std::uint64_t{1} << left) - 1;
        for (; nulls != 0; nulls &= nulls - 1) {
            const std::size_t row = first + static_cast<std::size_t>(std::countr_zero(nulls));
            std::memset(values + row * sizeof(T), 0, sizeof(T));
        }
    }
}

/// Zeroes the values of NULL rows, of the widths that types have.
void zeroNulls(std::byte* values, std::size_t width, const std::vector<std::uint64_t>& validity,
               std::size_t rows) {
    switch (width) {
        case 1:
            return zeroNullsOf<std::uint8_t>(values, validity, rows);
        case 4:
            return zeroNullsOf<std::uint32_t>(values, validity, rows);
        case 8:
            return zeroNullsOf<std::uint64_t>(values, validity, rows);
        default:
            return zeroNullsOf<UInt128>(values, validity, rows);
    }
}

}  // namespace

Output::Output(const CallArgs& call, std::size_t width, bool perRow)
    : m_type(call.call.type), m_callRows(call.rows), m_width(width), m_rows(call.rows), m_constant(!perRow) {
    std::vector<std::uint64_t> validity;
    for (const Vector& arg : call.args) {
        m_constant = m_constant && arg.constant;
        if (arg.constant && arg.column->isNull(0)) m_allNull = true;
        m_inherited = mergeErrors(std::move(m_inherited), arg.errors);
    }
    if (m_allNull) {
        m_rows = 0;
        return;
    }
    if (m_constant) m_rows = 1;
    for (const Vector& arg : call.args) {
        if (!arg.constant) addNulls(validity, *arg.column);
    }
    m_validity = Validity(std::move(validity));
    m_values.resize(m_rows * width);
}

void Output::fail(std::size_t row, Text reason) {
    setNull(row);
    m_own.push_back({static_cast<std::uint32_t>(row), std::move(reason)});
}

void Output::shareStrings(const Vector& argument) {
    const auto& heaps = argument.column->heaps();
    m_heaps.insert(m_heaps.end(), heaps.begin(), heaps.end());
}

void Output::keepAlive(StringArena& texts) {
    for (BytesRef& block : texts.takeBlocks()) m_heaps.push_back(std::move(block));
}

Vector Output::finish() {
    if (m_allNull) return nullVector(m_type, m_callRows, std::move(m_inherited));
    if (m_constant && !m_own.empty()) {
        // A constant that can't be computed: every row fails in the same way.
        RowErrors errors;
        errors.reserve(m_callRows);
        for (std::size_t row = 0; row < m_callRows; ++row) {
            errors.push_back({static_cast<std::uint32_t>(row), m_own.front().reason});
        }
        return nullVector(m_type, m_callRows, std::make_shared<const RowErrors>(std::move(errors)));
    }
    zeroNulls(m_values.data(), m_width, m_validity.words(), m_rows);
    Vector result;
    result.constant = m_constant;
    result.errors = m_own.empty() ? std::move(m_inherited)
                                  : mergeErrors(std::move(m_inherited),
                                                std::make_shared<const RowErrors>(std::move(m_own)));
    result.column = std::make_shared<Column>(m_type, m_rows, std::move(m_values), std::move(m_validity),
                                             std::move(m_heaps));
    return result;
}

Text tooLong() {
    return RW_TEXT("sql", "The text would be longer than 64 MiB.");
}

std::string quoted(std::string_view text) {
    constexpr std::size_t kShown = 100;
    return excerpt(text, kShown);
}

Vector finishTexts(const CallArgs& call, Output& out, StringArena& texts) {
    if (out.rows() > 1) call.work.made(texts.bytes());
    if (call.work.givenUp()) return nullVector(call.call.type, call.rows);
    out.keepAlive(texts);
    return out.finish();
}

std::shared_ptr<const RowErrors> mergeErrors(std::shared_ptr<const RowErrors> first,
                                             std::shared_ptr<const RowErrors> second) {
    if (!first || first->empty()) return second;
    if (!second || second->empty()) return first;
    RowErrors merged;
    merged.reserve(first->size() + second->size());
    const auto before = [](const RowError& a, const RowError& b) { return a.row < b.row; };
    std::merge(first->begin(), first->end(), second->begin(), second->end(), std::back_inserter(merged),
               before);
    const auto same = [](const RowError& a, const RowError& b) { return a.row == b.row; };
    merged.erase(std::unique(merged.begin(), merged.end(), same), merged.end());
    return std::make_shared<const RowErrors>(std::move(merged));
}

Vector nullVector(Type type, std::size_t rows, std::shared_ptr<const RowErrors> errors) {
    const bool constant = !errors || errors->empty();
    return {Column::nulls(type, constant ? 1 : rows), constant, std::move(errors)};
}

}  // namespace rw::sql
