#include "core/tape/tape_offsets.h"

#include <algorithm>
#include <limits>

namespace rw {

namespace {

constexpr const char* kOffsets = "offsets";
constexpr std::uint64_t kOffsetsUnknown = 0, kOffsetItself = 1;
constexpr auto kMostOffset = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
// Of a partition in a block: more than a recorder's blocks can have. A run takes a byte of a field that packs
// to nothing, and sixteen in memory: a hostile tape of some kilobytes must not take all of it.
constexpr std::size_t kMostRuns = std::size_t{1} << 23;

void putNumber(std::string& out, std::uint64_t number) {
    for (; number > 0x7F; number >>= 7) out.push_back(static_cast<char>((number & 0x7FU) | 0x80U));
    out.push_back(static_cast<char>(number));
}

/// False: there is none.
bool takeNumber(std::string_view& bytes, std::uint64_t& number) {
    number = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        if (shift == 63 && byte > 1) return false;  // beyond 64 bits
        bytes.remove_prefix(1);
        number |= std::uint64_t{byte & 0x7FU} << shift;
        if ((byte & 0x80U) == 0) return true;
    }
    return false;
}

void putOffsets(std::string& out, const RowOffsets& offsets) {
    std::uint64_t next = 0;
    for (std::size_t run = 0; run < offsets.runs().size(); ++run) {
        const auto first = static_cast<std::uint64_t>(offsets.runs()[run].first);
        const std::uint64_t rows = offsets.rowsOf(run);
        if (first > next) {
            putNumber(out, 2 * (first - next) + 1);
        } else if (first < next) {
            putNumber(out, kOffsetItself);
            putNumber(out, first);
        }
        if (const std::uint64_t more = first == next ? rows : rows - 1; more > 0) putNumber(out, 2 * more);
        next = first + rows;
    }
}

Status brokenOffsets() {
    return brokenState("the offsets of a block");
}

/// Of so many rows.
Status takeOffsets(std::string_view& bytes, std::uint64_t rows, RowOffsets& offsets) {
    std::uint64_t next = 0;
    while (offsets.rows() < rows) {
        std::uint64_t number = 0;
        if (!takeNumber(bytes, number)) return brokenOffsets();
        if (number == kOffsetsUnknown) return offsets.rows() == 0 ? Status() : brokenOffsets();
        std::uint64_t first = next, some = 1;
        if (number == kOffsetItself) {
            if (!takeNumber(bytes, first)) return brokenOffsets();
        } else if (number % 2 == 0) {
            some = number / 2;
        } else {
            first += number / 2;  // no more than twice the most
        }
        if (first > kMostOffset || some - 1 > kMostOffset - first || some > rows - offsets.rows())
            return brokenOffsets();
        if (offsets.runs().size() == kMostRuns) return brokenOffsets();
        offsets.add(static_cast<std::int64_t>(first), some);
        next = first + some;
    }
    return {};
}

}  // namespace

TapeOffsets::Part& TapeOffsets::partOf(const std::string& partition) {
    const auto [place, isNew] = m_places.try_emplace(partition, m_parts.size());
    return isNew ? m_parts.emplace_back() : m_parts[place->second];
}

void TapeOffsets::add(const TapePiece& piece) {
    if (piece.rows.rowsRead == 0) return;
    Part& part = partOf(piece.partition);
    part.rows += piece.rows.rowsRead;
    if (piece.offsets.rows() == piece.rows.rowsRead) part.offsets.add(piece.offsets);
}

void TapeOffsets::save(StateWriter& block) const {
    if (std::none_of(m_parts.begin(), m_parts.end(), [](const Part& part) { return part.isKnown(); })) return;
    std::string out;
    for (const Part& part : m_parts) {
        if (part.isKnown()) {
            putOffsets(out, part.offsets);
        } else {
            putNumber(out, kOffsetsUnknown);
        }
    }
    block.bytes(kOffsets, out);
}

Result<TapeOffsets> TapeOffsets::load(std::string_view payload, const std::vector<SavedPiece>& pieces) {
    TapeOffsets all;
    RW_TRY_ASSIGN(const StateReader block, StateReader::open(payload));
    if (!block.has(kOffsets)) return all;
    for (const SavedPiece& saved : pieces) {
        if (saved.piece.rows.rowsRead > 0)
            all.partOf(saved.piece.partition).rows += saved.piece.rows.rowsRead;
    }
    RW_TRY_ASSIGN(std::string_view bytes, block.bytes(kOffsets));
    for (Part& part : all.m_parts) RW_TRY(takeOffsets(bytes, part.rows, part.offsets));
    if (!bytes.empty()) return brokenOffsets();
    return all;
}

std::optional<std::int64_t> TapeOffsets::at(const std::string& partition, std::uint64_t row) const {
    const auto found = m_places.find(partition);
    if (found == m_places.end() || !m_parts[found->second].isKnown()) return std::nullopt;
    return m_parts[found->second].offsets.at(row);
}

}  // namespace rw
