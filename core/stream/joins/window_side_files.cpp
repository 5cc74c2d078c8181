// Rows of a window side that go to files, and come back when their windows fire, or into a checkpoint.
#include <algorithm>
#include <utility>

#include "core/data/state_reader.h"
#include "core/stream/joins/window_side.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::size_t kSortedPerUnit = 16;  // of a call's budget, rows that are only sorted
/// Of a state in one piece, what is in memory at a time, unless one key group has more.
constexpr std::uint64_t kSnapshotPortion = std::uint64_t{16} << 20;

bool meet(const KeyGroups& a, const KeyGroups& b) {
    return a.first < b.end && b.first < a.end;
}

/// Of rows in a piece of several parts: start and end of the slice, and the end of the first window.
const SchemaRef& placeSchema() {
    static const SchemaRef kSchema = [] {
        const Type instant = Type::of(TypeId::Timestamp);
        return std::make_shared<const Schema>(
            Schema{{{"start", instant}, {"end", instant}, {"from", instant}}});
    }();
    return kSchema;
}

/// Key groups behind these, together of so many bytes, or one that has more.
KeyGroups groupsBehind(const KeyGroups& some, const std::array<std::uint64_t, kKeyGroups>& bytes) {
    KeyGroups next{some.end, some.end};
    std::uint64_t sum = 0;
    do {
        sum += bytes[static_cast<std::size_t>(next.end++)];
    } while (next.end < kKeyGroups && sum + bytes[static_cast<std::size_t>(next.end)] <= kSnapshotPortion);
    return next;
}

}  // namespace

Result<bool> WindowSide::spill(const std::shared_ptr<SpillFolder>& folder, CallBudget& budget) {
    if (!m_spill && m_rows.size() == 0) {
        forgetAll();
        return false;
    }
    if (!m_spill) RW_TRY(beginSpill(folder));
    while (!budget.spent()) {
        if (m_spill->writer.busy()) {
            RW_TRY(m_spill->writer.run(budget));
        } else if (m_spill->next < m_spill->pieces.size()) {
            beginPiece(m_spill->pieces[m_spill->next]);
            budget.spend(1 + m_spill->pieces[m_spill->next++].rows() / kSortedPerUnit);
        } else {
            RW_TRY(finishSpill());
            return false;
        }
    }
    return true;
}

/// Rows of a part that a checkpoint has, is to have, or knows nothing of become pieces of their own, in the
/// order in which they came. Of parts that have retired only what is frozen is needed.
Status WindowSide::beginSpill(const std::shared_ptr<SpillFolder>& folder) {
    RW_TRY_ASSIGN(StoredRowsWriter writer, StoredRowsWriter::create(folder));
    m_spill = std::make_unique<Spill>(Spill{std::move(writer)});
    for (const Known known : {Known::Yes, Known::Frozen, Known::No}) planPieces(m_parts, known, false);
    planPieces(m_leaving, Known::Frozen, true);
    return {};
}

/// Small parts gather in a piece until it is worth a section.
void WindowSide::planPieces(Parts& parts, Known known, bool retired) {
    const std::size_t bytesOfRow = 1 + m_rows.memoryBytes() / m_rows.size();
    std::size_t bytes = kLeastBytesOfSection;  // of the last piece
    for (auto& entry : parts) {
        const Part& part = entry.second;
        const std::size_t begin = known == Known::Yes      ? 0
                                  : known == Known::Frozen ? part.written
                                                           : part.frozen;
        const std::size_t end = known == Known::Yes      ? part.written
                                : known == Known::Frozen ? part.frozen
                                                         : part.slots.size();
        if (begin == end) continue;
        const std::size_t more = (end - begin) * bytesOfRow;
        if (bytes >= kLeastBytesOfSection || more >= kLeastBytesOfSection) {
            m_spill->pieces.push_back({{}, known, retired});
            bytes = 0;
        }
        m_spill->pieces.back().of.push_back({&entry, begin, end});
        bytes += more;
    }
}

void WindowSide::beginPiece(const Spill::Made& piece) {
    std::vector<RowSlot> slots;
    std::array<ColumnBuilder, 3> places{ColumnBuilder(Type::of(TypeId::Timestamp)),
                                        ColumnBuilder(Type::of(TypeId::Timestamp)),
                                        ColumnBuilder(Type::of(TypeId::Timestamp))};
    for (const auto& [part, begin, end] : piece.of) {
        const auto first = part->second.slots.begin();
        slots.insert(slots.end(), first + static_cast<std::ptrdiff_t>(begin),
                     first + static_cast<std::ptrdiff_t>(end));
        if (piece.of.size() == 1) continue;
        for (std::size_t row = begin; row < end; ++row) {
            places[0].append(part->first.slice.start);
            places[1].append(part->first.slice.end);
            places[2].append(part->first.from);
        }
    }
    Batch beside;
    if (piece.of.size() > 1) {
        beside.schema = placeSchema();
        beside.rows = slots.size();
        for (ColumnBuilder& column : places) beside.columns.push_back(column.finish());
    }
    std::vector<std::uint64_t> hashes;
    for (const RowSlot slot : slots) hashes.push_back(m_hashes[slot]);
    m_spill->writer.begin(m_rows, std::move(slots), hashes, std::move(beside));
}

Status WindowSide::finishSpill() {
    RW_TRY_ASSIGN(std::vector<StoredRows> written, m_spill->writer.finish());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const Spill::Made& made = m_spill->pieces[i];
        auto piece = std::make_shared<Piece>();
        piece->rows = std::move(written[i]);
        piece->first = made.of.front().part->first;
        piece->last = made.of.back().part->first;
        piece->known = made.known != Known::No;
        if (made.known == Known::Frozen) m_frozenPieces.push_back(piece);
        if (made.retired) continue;
        for (const auto& [part, begin, end] : made.of) part->second.inFiles += end - begin;
        m_stored.rows += made.rows();
        count(*piece, true);
        m_firstLast = m_firstLast ? std::min(*m_firstLast, piece->last) : piece->last;
        m_pieces.push_back(std::move(piece));
    }
    for (auto& [place, part] : m_parts) {
        part.slots = {};
        part.written = part.frozen = 0;
    }
    m_frozen = {};
    m_leaving.clear();
    m_spill.reset();
    // No result waits that is made of rows that have retired.
    m_retired.clear();
    forgetAll();
    return {};
}

/// Nobody needs rows in memory: it has the room of the most that there ever were.
void WindowSide::forgetAll() {
    const SchemaRef schema = m_rows.schema();
    m_rows = RowStore(schema);
    m_hashes = {};
}

void WindowSide::count(const Piece& piece, bool comes) {
    const auto change = [comes](std::size_t& sum, std::size_t by) { comes ? sum += by : sum -= by; };
    change(m_stored.bytes, static_cast<std::size_t>(piece.rows.bytes()));
    change(m_stored.memory, sizeof(Piece) + sizeof(m_pieces.front()) + piece.rows.memoryBytes());
}

/// Those go of which no window behind this one needs a row.
void WindowSide::leavePieces(const Window& fired) {
    m_over = std::max(m_over, fired);
    if (!m_firstLast || !isOver(*m_firstLast, m_over)) return;
    m_firstLast.reset();
    std::erase_if(m_pieces, [this](const std::shared_ptr<Piece>& piece) {
        if (isOver(piece->last, m_over)) {
            count(*piece, false);
            return true;
        }
        m_firstLast = m_firstLast ? std::min(*m_firstLast, piece->last) : piece->last;
        return false;
    });
}

bool WindowSide::anyStored(const Window& window) const {
    return m_stored.rows > 0 && !storedIn(window).empty();
}

std::vector<const WindowSide::Piece*> WindowSide::storedIn(const Window& window) const {
    const SliceAssignment before = beforePartsOf(window);
    std::vector<const Piece*> stored;
    for (const std::shared_ptr<Piece>& piece : m_pieces) {
        if (piece->last > before && !isBehind(piece->first, window)) stored.push_back(piece.get());
    }
    return stored;
}

Result<WindowSide::Read> WindowSide::read(const Piece& piece, std::size_t section) const {
    RW_TRY_ASSIGN(StoredRows::Section stored, piece.rows.read(section, m_rows.schema()));
    if (!fits(stored.rows)) return brokenState("rows in a file");
    Read read;
    hashKeys(stored.rows, m_keys, read.hashes);
    read.places.assign(stored.rows.rows, piece.first);
    if (stored.beside.rows > 0) {
        if (*stored.beside.schema != *placeSchema()) return brokenState("rows in a file");
        const auto starts = stored.beside.column(0).values<Instant>();
        const auto ends = stored.beside.column(1).values<Instant>();
        const auto froms = stored.beside.column(2).values<Instant>();
        for (std::size_t row = 0; row < stored.rows.rows; ++row)
            read.places[row] = {{ends[row], starts[row]}, froms[row]};
    }
    read.rows = std::move(stored.rows);
    return read;
}

Status WindowSide::load(const Piece& piece, std::size_t section, const Window& window,
                        const KeyGroups& groups, std::vector<RowSlot>& slots) {
    RW_TRY_ASSIGN(const Read stored, read(piece, section));
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < stored.rows.rows; ++row) {
        if (groups.contains(keyGroupOf(stored.hashes[row])) && counts(stored.places[row], window))
            rows.push_back(row);
    }
    const std::size_t before = slots.size();
    m_rows.add(stored.rows, rows, slots);
    m_hashes.resize(m_rows.slots());
    for (std::size_t i = 0; i < rows.size(); ++i) m_hashes[slots[before + i]] = stored.hashes[rows[i]];
    m_stored.loaded += rows.size();
    return {};
}

void WindowSide::unload(std::span<const RowSlot> slots) {
    m_rows.remove(slots);
    m_stored.loaded -= slots.size();
}

/// As all in memory would be written: who restores it can't tell.
Status WindowSide::snapshotStored(std::string_view name, StateWriter& out) const {
    std::array<std::uint64_t, kKeyGroups> bytes{};
    for (const std::shared_ptr<Piece>& piece : m_pieces) piece->rows.addBytes(bytes);
    PlacedSlots inMemory;
    std::vector<std::uint64_t> hashesInMemory;
    for (const auto& [place, part] : m_parts) {
        for (const RowSlot slot : part.slots) {
            inMemory.add(slot, place);
            hashesInMemory.push_back(m_hashes[slot]);
        }
    }
    GroupBegins begins{};
    const std::vector<std::uint32_t> order =
        slotsByKeyGroup(everyRow(inMemory.slots.size()), hashesInMemory, begins);
    for (KeyGroups some{0, 0}; some.end < kKeyGroups;) {
        some = groupsBehind(some, bytes);
        RowStore rows(m_rows.schema());
        std::vector<std::uint64_t> hashes;
        std::vector<std::pair<const SliceAssignment*, RowSlot>> found;  // in the order in which they came
        for (const std::shared_ptr<Piece>& piece : m_pieces) {
            for (std::size_t section = 0; section < piece->rows.sections(); ++section) {
                if (!meet(piece->rows.groupsOf(section), some)) continue;
                RW_TRY_ASSIGN(const Read stored, read(*piece, section));
                for (std::uint32_t row = 0; row < stored.rows.rows; ++row) {
                    if (!some.contains(keyGroupOf(stored.hashes[row])) || isOver(stored.places[row], m_over))
                        continue;
                    const auto part = m_parts.find(stored.places[row]);
                    if (part == m_parts.end()) return brokenState("rows in a file");
                    found.emplace_back(&part->first, rows.add(stored.rows, row));
                    hashes.push_back(stored.hashes[row]);
                }
            }
        }
        const std::uint32_t end = begins[static_cast<std::size_t>(some.end)];
        for (std::uint32_t i = begins[static_cast<std::size_t>(some.first)]; i < end; ++i) {
            found.emplace_back(inMemory.places[order[i]], rows.add(m_rows, inMemory.slots[order[i]]));
            hashes.push_back(hashesInMemory[order[i]]);
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return *a.first < *b.first; });
        PlacedSlots placed;
        for (const auto& [place, slot] : found) placed.add(slot, *place);
        write(name, rows, hashes, placed, out);
    }
    return {};
}

/// Rows that had retired at the barrier are none of its.
Result<std::size_t> WindowSide::writeSection(std::string_view name, StateWriter& out) {
    const Piece& piece = *m_frozenPieces[m_nextFrozen];
    RW_TRY_ASSIGN(const Read stored, read(piece, m_nextSection));
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < stored.rows.rows; ++row) {
        if (!isOver(stored.places[row], m_overAtBarrier)) rows.push_back(row);
    }
    const auto hashOf = [&stored](std::uint32_t row) { return stored.hashes[row]; };
    forEachKeyGroup(rows, hashOf, [&](int keyGroup, std::span<const std::uint32_t> ofGroup) {
        std::vector<const SliceAssignment*> places;
        for (const std::uint32_t row : ofGroup) places.push_back(&stored.places[row]);
        write(name, keyGroup, stored.rows.select(ofGroup), places, out);
    });
    if (++m_nextSection == piece.rows.sections()) {
        m_nextSection = 0;
        m_frozenPieces[m_nextFrozen++].reset();
    }
    if (m_nextFrozen == m_frozenPieces.size()) {
        m_frozenPieces = {};
        m_nextFrozen = 0;
    }
    return stored.rows.rows;
}

}  // namespace rw
