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

/// The rows of a batch that are of some key groups.
std::vector<std::uint32_t> rowsOfGroups(std::span<const std::uint64_t> hashes, const KeyGroups& groups) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < hashes.size(); ++row) {
        if (groups.contains(keyGroupOf(hashes[row]))) rows.push_back(row);
    }
    return rows;
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
            const Spill::Piece& piece = m_spill->pieces[m_spill->next++];
            const std::size_t rows = piece.end - piece.begin;
            m_spill->writer.begin(m_rows, std::span(piece.part->slots).subspan(piece.begin, rows), m_hashes);
            budget.spend(1 + rows / kSortedPerUnit);
        } else {
            RW_TRY(finishSpill());
            return false;
        }
    }
    return true;
}

/// Rows of a part that a checkpoint has, is to have, or knows nothing of become pieces of their own. Of parts
/// that have retired only what is frozen is needed.
Status WindowSide::beginSpill(const std::shared_ptr<SpillFolder>& folder) {
    RW_TRY_ASSIGN(StoredRowsWriter writer, StoredRowsWriter::create(folder));
    m_spill = std::make_unique<Spill>(Spill{std::move(writer)});
    const auto add = [this](Part& part, std::size_t begin, std::size_t end) {
        if (begin < end) m_spill->pieces.push_back({&part, begin, end});
    };
    for (auto& [place, part] : m_parts) {
        add(part, 0, part.written);
        add(part, part.written, part.frozen);
        add(part, part.frozen, part.slots.size());
    }
    for (auto& [place, part] : m_leaving) add(part, part.written, part.frozen);
    return {};
}

Status WindowSide::finishSpill() {
    RW_TRY_ASSIGN(std::vector<StoredRows> written, m_spill->writer.finish());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const Spill::Piece& piece = m_spill->pieces[i];
        Part& part = *piece.part;
        if (!part.files) part.files = std::make_unique<Files>();
        Files& files = *part.files;
        count(written[i], true);
        files.rows += written[i].rows();
        files.pieces.push_back(std::move(written[i]));
        // What came before it is no less known to checkpoints.
        if (piece.end <= part.frozen) files.frozen = files.pieces.size();
        if (piece.end <= part.written) files.written = files.pieces.size();
    }
    for (const Spill::Piece& piece : m_spill->pieces) {
        piece.part->slots = {};
        piece.part->written = piece.part->frozen = 0;
    }
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

void WindowSide::count(const StoredRows& stored, bool comes) {
    const auto change = [comes](std::size_t& sum, std::size_t by) { comes ? sum += by : sum -= by; };
    change(m_stored.rows, static_cast<std::size_t>(stored.rows()));
    change(m_stored.bytes, static_cast<std::size_t>(stored.bytes()));
    change(m_stored.memory, stored.memoryBytes());
}

/// The part goes, and its rows in files.
void WindowSide::leave(const Part& part) {
    if (!part.files) return;
    for (const StoredRows& piece : part.files->pieces) count(piece, false);
}

bool WindowSide::anyStored(const Window& window) const {
    return m_stored.rows > 0 && !storedIn(window).empty();
}

std::vector<const StoredRows*> WindowSide::storedIn(const Window& window) const {
    std::vector<const StoredRows*> stored;
    for (Walk walk = rowsOf(window); !over(walk); ++walk.part) {
        if (!walk.part->second.files || !counts(walk.part->first, window)) continue;
        for (const StoredRows& piece : walk.part->second.files->pieces) stored.push_back(&piece);
    }
    return stored;
}

Result<Batch> WindowSide::read(const StoredRows& stored, std::size_t section,
                               std::vector<std::uint64_t>& hashes) const {
    RW_TRY_ASSIGN(Batch batch, stored.read(section, m_rows.schema()));
    if (!fits(batch)) return brokenState("rows in a file");
    hashKeys(batch, m_keys, hashes);
    return batch;
}

Status WindowSide::load(const StoredRows& stored, std::size_t section, const KeyGroups& groups,
                        std::vector<RowSlot>& slots) {
    std::vector<std::uint64_t> hashes;
    RW_TRY_ASSIGN(const Batch batch, read(stored, section, hashes));
    const std::vector<std::uint32_t> rows = rowsOfGroups(hashes, groups);
    const std::size_t before = slots.size();
    m_rows.add(batch, rows, slots);
    m_hashes.resize(m_rows.slots());
    for (std::size_t i = 0; i < rows.size(); ++i) m_hashes[slots[before + i]] = hashes[rows[i]];
    m_stored.loaded += rows.size();
    return {};
}

void WindowSide::unload(std::span<const RowSlot> slots) {
    m_rows.remove(slots);
    m_stored.loaded -= slots.size();
}

/// As all in memory would be written: who restores it can't tell.
Status WindowSide::snapshotStored(std::string_view name, StateWriter& out) const {
    struct InMemory {
        std::vector<RowSlot> order{};
        GroupBegins begins{};
    };
    std::vector<InMemory> inMemory;  // by part
    std::array<std::uint64_t, kKeyGroups> bytes{};
    for (const auto& [place, part] : m_parts) {
        InMemory& of = inMemory.emplace_back();
        of.order = slotsByKeyGroup(part.slots, m_hashes, of.begins);
        if (!part.files) continue;
        for (const StoredRows& piece : part.files->pieces) piece.addBytes(bytes);
    }
    for (KeyGroups some{0, 0}; some.end < kKeyGroups;) {
        some = groupsBehind(some, bytes);
        RowStore rows(m_rows.schema());
        std::vector<std::uint64_t> hashes;
        PlacedSlots placed;
        std::vector<RowSlot> slots;
        auto of = inMemory.cbegin();
        for (const auto& [place, part] : m_parts) {
            for (std::size_t i = 0; part.files && i < part.files->pieces.size(); ++i) {
                const StoredRows& piece = part.files->pieces[i];
                for (std::size_t section = 0; section < piece.sections(); ++section) {
                    if (!meet(piece.groupsOf(section), some)) continue;
                    std::vector<std::uint64_t> found;
                    RW_TRY_ASSIGN(const Batch batch, read(piece, section, found));
                    const std::vector<std::uint32_t> chosen = rowsOfGroups(found, some);
                    slots.clear();
                    rows.add(batch, chosen, slots);
                    for (const std::uint32_t row : chosen) hashes.push_back(found[row]);
                    for (const RowSlot slot : slots) placed.add(slot, place);
                }
            }
            const auto begin = of->begins[static_cast<std::size_t>(some.first)];
            const auto end = of->begins[static_cast<std::size_t>(some.end)];
            for (const RowSlot slot : std::span(of->order).subspan(begin, end - begin)) {
                placed.add(rows.add(m_rows, slot), place);
                hashes.push_back(m_hashes[slot]);
            }
            ++of;
        }
        write(name, rows, hashes, placed, out);
    }
    return {};
}

Result<std::size_t> WindowSide::writeSection(std::string_view name, Parts::value_type& part,
                                             StateWriter& out) const {
    Files& files = *part.second.files;
    const StoredRows& piece = files.pieces[files.written];
    std::vector<std::uint64_t> hashes;
    RW_TRY_ASSIGN(const Batch batch, read(piece, files.section, hashes));
    const std::vector<const SliceAssignment*> places(batch.rows, &part.first);
    const auto writeGroup = [&](int keyGroup, std::span<const std::uint32_t> rows) {
        write(name, keyGroup, batch.select(rows), std::span(places).first(rows.size()), out);
    };
    forEachKeyGroup(
        everyRow(batch.rows), [&hashes](std::uint32_t row) { return hashes[row]; }, writeGroup);
    if (++files.section == piece.sections()) {
        files.section = 0;
        ++files.written;
    }
    return batch.rows;
}

}  // namespace rw
