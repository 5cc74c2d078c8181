#include "core/sql/eval/choose.h"

#include <algorithm>

namespace rw::sql {

namespace {

std::uint8_t& byteOf(std::vector<Eight>& truths, std::size_t row) {
    return reinterpret_cast<std::uint8_t*>(truths.data())[row];
}

/// The truths of the 64 rows of a bitmap's word, a bit each.
std::uint64_t bitsOf(const std::vector<Eight>& truths, std::size_t word) {
    std::uint64_t bits = 0;
    const std::size_t first = word * 8, last = std::min(truths.size(), first + 8);
    for (std::size_t i = first; i < last; ++i) bits |= gather(truths[i]) << (8 * (i - first));
    return bits;
}

/// Unit's bits where the truth is 1, none where it is 0. A selected row had no value: adding one is enough.
template <class Unit>
void blendRow(std::uint8_t selected, const Unit& from, Unit& to) {
    to = static_cast<Unit>(to | (from & static_cast<Unit>(-static_cast<Unit>(selected))));
}

/// Eight rows without a selected one are passed over: CASE may have many branches that few rows take.
template <class Unit, bool constant>
[[gnu::noinline]] void blendRows(const Eight* __restrict selected, std::size_t rows,
                                 const Unit* __restrict from, Unit* __restrict to) {
    const Unit value = *from;
    std::size_t row = 0;
    for (; row + 8 <= rows; row += 8) {
        const Eight eight = selected[row / 8];
        if (eight == 0) continue;
        for (std::size_t i = 0; i < 8; ++i) {
            const auto here = static_cast<std::uint8_t>(eight >> (8 * i));
            blendRow(here, constant ? value : from[row + i], to[row + i]);
        }
    }
    for (; row < rows; ++row) {
        const auto here = static_cast<std::uint8_t>(selected[row / 8] >> (8 * (row % 8)));
        blendRow(here, constant ? value : from[row], to[row]);
    }
}

}  // namespace

Chooser::Chooser(Type type, std::size_t rows)
    : m_type(type),
      m_rows(rows),
      m_openCount(rows),
      m_open((rows + 7) / 8, kAllTrue),
      m_selected(m_open.size()) {
    if (rows % 8 != 0) m_open.back() >>= 8 * (8 - rows % 8);
}

/// wanted(row, count) says which of the `count` rows from `row` are wanted, if they are open.
template <class Wanted>
void Chooser::select(const Wanted& wanted) {
    m_selectedCount = 0;
    const auto choose = [this](std::size_t i, Eight holds) {
        const Eight chosen = m_open[i] & holds;
        m_selected[i] = chosen;
        m_open[i] ^= chosen;
        m_selectedCount += countOf(chosen);
    };
    const std::size_t whole = m_rows / 8;
    for (std::size_t i = 0; i < whole; ++i) choose(i, wanted(i * 8, 8));
    if (whole < m_open.size()) choose(whole, wanted(whole * 8, m_rows % 8));
    m_openCount -= m_selectedCount;
}

void Chooser::closeFailed(const Vector& vector) {
    if (!vector.errors) return;
    for (const RowError& error : *vector.errors) {
        std::uint8_t& isOpen = byteOf(m_open, error.row);
        if (isOpen == 0) continue;
        isOpen = 0;
        --m_openCount;
        m_errors.push_back(error);
        setNulls(error.row / 64, std::uint64_t{1} << (error.row % 64));
    }
}

void Chooser::when(const Vector& condition) {
    closeFailed(condition);
    const std::uint8_t* const holds = condition.column->values<std::uint8_t>().data();  // NULL's byte is 0
    if (condition.constant)
        return select([all = *holds * kAllTrue](std::size_t, std::size_t) { return all; });
    select([holds](std::size_t row, std::size_t count) { return loadEight(holds + row, count); });
}

void Chooser::whenPresent(const Vector& value) {
    closeFailed(value);
    if (value.constant) {
        return select([all = value.isNull(0) ? 0 : kAllTrue](std::size_t, std::size_t) { return all; });
    }
    select([&words = value.column->validity().words()](std::size_t row, std::size_t) {
        return knownFrom(words, row);
    });
}

void Chooser::whenOpen() {
    select([](std::size_t, std::size_t) { return kAllTrue; });
}

template <class Unit>
void Chooser::blend(const Vector& branch) {
    const auto* const from = reinterpret_cast<const Unit*>(branch.column->raw());
    auto* const to = reinterpret_cast<Unit*>(m_values.data());
    if (branch.constant) {
        blendRows<Unit, true>(m_selected.data(), m_rows, from, to);
    } else {
        blendRows<Unit, false>(m_selected.data(), m_rows, from, to);
    }
}

void Chooser::take(const Vector& branch) {
    if (m_selectedCount == 0) return;
    if (m_selectedCount == m_rows) {
        m_whole = branch;
        return;
    }
    const std::size_t width = widthOf(m_type.id);
    if (m_values.size() == 0) m_values = RawBytes(m_rows * width, std::byte{0});
    switch (width) {
        case 1:
            blend<std::uint8_t>(branch);
            break;
        case 4:
            blend<std::uint32_t>(branch);
            break;
        case 8:
            blend<std::uint64_t>(branch);
            break;
        default:
            blend<UInt128>(branch);
    }
    takeNulls(branch);
    const auto& heaps = branch.column->heaps();
    m_heaps.insert(m_heaps.end(), heaps.begin(), heaps.end());
    if (!branch.errors) return;
    for (const RowError& error : *branch.errors) {
        if (byteOf(m_selected, error.row) != 0) m_errors.push_back(error);
    }
}

void Chooser::takeNulls(const Vector& branch) {
    const auto& validity = branch.column->validity().words();
    if (validity.empty()) return;
    for (std::size_t word = 0; word < (m_rows + 63) / 64; ++word) {
        const std::uint64_t nulls =
            branch.constant ? (branch.isNull(0) ? ~std::uint64_t{0} : 0) : ~validity[word];
        if (nulls != 0) setNulls(word, nulls & bitsOf(m_selected, word));
    }
}

/// More NULLs among the 64 rows of a word.
void Chooser::setNulls(std::size_t word, std::uint64_t nulls) {
    if (nulls == 0) return;
    if (m_nulls.empty()) m_nulls.assign((m_rows + 63) / 64, 0);
    m_nulls[word] |= nulls;
}

Vector Chooser::finish() {
    if (m_whole.column) return std::move(m_whole);
    if (m_values.size() == 0) m_values = RawBytes(m_rows * widthOf(m_type.id), std::byte{0});
    if (open()) {
        for (std::size_t word = 0; word < (m_rows + 63) / 64; ++word) setNulls(word, bitsOf(m_open, word));
    }
    for (std::uint64_t& word : m_nulls) word = ~word;
    Vector result;
    if (!m_errors.empty()) {
        std::sort(m_errors.begin(), m_errors.end(),
                  [](const RowError& a, const RowError& b) { return a.row < b.row; });
        result.errors = std::make_shared<const RowErrors>(std::move(m_errors));
    }
    result.column = std::make_shared<Column>(m_type, m_rows, std::move(m_values),
                                             Validity(std::move(m_nulls)), std::move(m_heaps));
    return result;
}

}  // namespace rw::sql
