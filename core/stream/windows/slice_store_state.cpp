// The state of SliceStore: in one piece, and by change.
#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "core/stream/windows/slice_store.h"
#include "core/stream/windows/window_records.h"

namespace rw {

namespace {

constexpr std::int64_t kUncounted = std::numeric_limits<std::int64_t>::min() / 2;
// A record of a part; one of groups that may replace those before them.
constexpr std::string_view kKeyedPart = "part", kChangedPart = "changed_part";
/// Parts of fewer groups are written as a whole: there may be millions of them.
constexpr std::size_t kManyGroups = 256;
constexpr std::size_t kGroupsOfPiece = 8'192;
/// A barrier that finds no more groups than this adds them to those of the one before.
constexpr std::size_t kFewGroups = 1'024;
constexpr std::size_t kManyPieces = 64;
constexpr int kKeyGroupsAtOnce = 16;  // are taken over before their size is looked at

std::vector<std::uint32_t> allOf(const GroupState& state) {
    std::vector<std::uint32_t> all(state.keys.size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

}  // namespace

void SliceStore::write(const Window& slice, Instant from, const GroupState& state,
                       std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const {
    const auto hashOf = [&keys = state.keys](std::uint32_t group) { return keys.hash(group); };
    forEachKeyGroup(std::move(groups), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        out.keyed(isNew ? kKeyedPart : kChangedPart, keyGroup, kWindowsVersion, [&](StateWriter& record) {
            writeWindow(record, slice);
            record.i64("from", from);
            state.snapshot(some, record);
        });
    });
}

Status SliceStore::snapshot(StateWriter& out) const {
    for (const auto& [slice, parts] : m_slices) {
        for (const auto& [from, part] : parts) {
            if (!part.spilled()) {
                write(slice, from, part.state, allOf(part.state), true, out);
                continue;
            }
            KeyGroupMerge merge(*m_plan, portion());
            part.addTo(merge);
            for (bool more = true; more;) {
                while (merge.busy()) {
                    CallBudget budget(KeyGroupMerge::kGroupsOfPortion);
                    RW_TRY(merge.run(budget));
                }
                write(slice, from, merge.groups(), allOf(merge.groups()), true, out);
                more = merge.hasNext();
                if (more) merge.next();
            }
        }
    }
    return {};
}

/// The frozen groups of a part with runs do not change: `state` is not one of them.
void SliceStore::willChange(const Window& slice, Part& part) {
    if (part.spilled() || !std::exchange(part.frozen, false)) return;
    write(slice, part.from, part.state, allOf(part.state), m_whole, m_ahead);
}

SliceStore::Part* SliceStore::find(const Tag& tag) {
    for (auto* const slices : {&m_dropped, &m_slices}) {
        const auto slice = slices->find(tag.second);
        if (slice == slices->end()) continue;
        const auto part = slice->second.find(tag.first);
        if (part != slice->second.end()) return &part->second;
    }
    return nullptr;
}

void SliceStore::freeze(bool whole) {
    m_byChange = true;
    m_whole = whole;
    const std::vector<Tag> changed = std::exchange(m_changed, {});
    if (whole) {
        m_namesPieces = false;
        m_named.clear();
        m_toName.clear();
        for (auto& [slice, parts] : m_slices) {
            for (auto& [from, part] : parts) freeze({from, slice}, part, true);
        }
        return;
    }
    for (const Tag& tag : changed) {
        if (Part* const part = find(tag)) freeze(tag, *part, false);  // else no window needs it any more
    }
    forgetRunsNotNamed();
}

void SliceStore::freeze(const Tag& tag, Part& part, bool whole) {
    part.changed = false;
    // It could not go to files before all of it is written.
    if (!part.spilled() && m_share.isBounded() && m_share.isNearlyOver() &&
        part.bytesToSpill() > m_share.bytes()) {
        part.others = std::make_unique<Part::Others>();
        part.changes.reset();
        part.state.changes = nullptr;
        m_spilled.insert(tag.second);
    }
    if (part.spilled()) {
        std::vector<Part::Piece>& pieces = part.others->pieces;
        if (const std::size_t groups = part.state.keys.size(); groups > 0) {
            // What a checkpoint has is not written again for a few more.
            const bool joins = groups <= kFewGroups && !pieces.empty() && pieces.back().state &&
                               (!m_namesRuns || pieces.back().groups() <= kFewGroups);
            if (joins || part.state.keys.isSparse()) {
                if (!joins) pieces.push_back({nullptr, std::make_unique<GroupState>(*m_plan)});
                pieces.back().state->merge(part.state);
                pieces.back().name.clear();
                part.state.clear();
            } else {
                pieces.push_back(
                    {nullptr, std::make_unique<GroupState>(std::exchange(part.state, GroupState(*m_plan)))});
            }
            unmeasured(tag.second, part);
        }
        if (pieces.size() > kManyPieces) m_crowded.insert(tag);
        part.others->frozen = pieces.size();
        part.frozen = true;
        if (m_namesRuns) namePieces(tag, part);
    } else if (part.changes) {
        part.changes->freeze(part.state, whole);
    } else if (part.state.keys.size() >= kManyGroups) {
        part.changes = std::make_unique<GroupChanges>(*m_plan);
        part.state.changes = part.changes.get();
        part.changes->freeze(part.state, true);
    } else {
        part.frozen = true;
    }
    m_frozen.push_back(tag);
}

bool SliceStore::writePiece(StateWriter& out) {
    if (!m_writing.ok()) return true;
    out.copy(m_ahead.takeFields());
    for (std::size_t written = 0; written < kGroupsOfPiece && !m_frozen.empty();) {
        const auto [from, slice] = m_frozen.back();
        Part* const part = find(m_frozen.back());
        if (part && part->spilled() && part->frozen && m_namesRuns) {
            written += 1 + writeNamed(*part, out);
            continue;
        }
        if (part && part->spilled() && part->frozen) {
            const Result<std::size_t> groups = writePortion({from, slice}, *part, out);
            m_writing = groups.status();
            if (!groups.ok()) return true;
            written += *groups;
            if (!part->frozen) m_frozen.pop_back();
            continue;
        }
        const auto writeGroups = [&, &start = slice, &first = from](const GroupState& state,
                                                                    std::vector<std::uint32_t> groups) {
            write(start, first, state, std::move(groups), m_whole, out);
        };
        if (part && part->changes && part->changes->anyFrozen()) {
            written += part->changes->writeSome(part->state, kGroupsOfPiece - written, writeGroups);
        } else if (part && std::exchange(part->frozen, false)) {
            writeGroups(part->state, allOf(part->state));
            written += part->state.keys.size();
        }
        if (part && part->anyFrozen()) continue;
        m_frozen.pop_back();
        ++written;
    }
    if (!m_frozen.empty()) return true;
    m_dropped.clear();
    m_droppedBytes = 0;
    return false;
}

Result<std::size_t> SliceStore::writePortion(const Tag& tag, Part& part, StateWriter& out) {
    if (!m_merging) {
        m_merging = std::make_unique<KeyGroupMerge>(*m_plan, portion());
        for (std::size_t i = 0; i < part.others->frozen; ++i) part.others->pieces[i].addTo(*m_merging);
    } else if (!m_merging->busy()) {
        m_merging->next();
    }
    CallBudget budget(KeyGroupMerge::kGroupsOfPortion);
    RW_TRY(m_merging->run(budget));
    if (m_merging->busy()) return KeyGroupMerge::kGroupsOfPortion;
    const GroupState& groups = m_merging->groups();
    const std::size_t count = groups.keys.size();
    write(tag.second, tag.first, groups, allOf(groups), m_whole, out);
    part.frozen = m_merging->hasNext();
    if (!part.frozen) m_merging.reset();
    return 1 + count;
}

Result<SliceStore::Tag> SliceStore::readTag(const StateReader& record) {
    RW_TRY_ASSIGN(const Window slice, readWindow(record));
    RW_TRY_ASSIGN(const Instant from, record.i64("from"));
    return Tag(from, slice);
}

Result<SliceStore::Part*> SliceStore::restoredPart(const Tag& tag, const Window& fired, Instant watermark) {
    const auto& [from, slice] = tag;
    if (!m_slicing.isPart(slice, from)) return brokenState("a slice");
    // Among the changes since the whole was written are slices that were dropped later.
    if (isOver(slice, fired, watermark)) return nullptr;
    Part& made = part(slice, from);
    made.counted = kUncounted;
    changed(slice, made);
    return &made;
}

Status SliceStore::restore(const StateReader& record, bool changed, int keyGroup, Part& part) const {
    if (!changed) return part.state.restore(record, keyGroup);
    GroupState now(*m_plan);
    RW_TRY(now.restore(record, keyGroup));
    part.state.replace(now);
    return {};
}

/// Some key groups after the other, each with its changes: what is restored may go to files behind it, so
/// that no more is in memory than may be.
Status SliceStore::restore(const StateReader& state, const KeyGroups& own, const Window& fired,
                           Instant watermark) {
    RW_TRY_ASSIGN(const auto parts, state.keyed(kKeyedPart));
    RW_TRY_ASSIGN(const auto changes, state.keyed(kChangedPart));
    RW_TRY_ASSIGN(const SavedPieces pieces, readPieces(state, own));
    struct Record {
        int keyGroup = 0;
        bool changed = false;
        const StateReader* reader = nullptr;
    };
    std::vector<Record> records;
    for (const auto* const some : {&parts, &changes}) {
        for (const auto& [keyGroup, reader] : *some) {
            if (own.contains(keyGroup)) records.push_back({keyGroup, some == &changes, &reader});
        }
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const Record& a, const Record& b) { return a.keyGroup < b.keyGroup; });
    int at = 0;
    for (const Record& record : records) {
        const int some = record.keyGroup / kKeyGroupsAtOnce;
        if (std::exchange(at, some) != some) RW_TRY(spillAll());
        RW_TRY_ASSIGN(const Tag tag, readTag(*record.reader));
        if (pieces.parts.contains(tag)) continue;  // of before it went to files
        RW_TRY_ASSIGN(Part* const part, restoredPart(tag, fired, watermark));
        if (part) RW_TRY(restore(*record.reader, record.changed, record.keyGroup, *part));
    }
    RW_TRY(restorePieces(pieces, fired, watermark));
    return spillAll();
}

}  // namespace rw
