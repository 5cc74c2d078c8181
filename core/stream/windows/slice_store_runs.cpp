// Parts of SliceStore with runs, in checkpoints that name the files of these in place of their content.
//
// A part is a record of the names of its pieces, the last one of a part counts. What a piece is stands beside
// these records, once, under its name: a file (SavedRun), or keyed records of its groups.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "core/stream/windows/slice_store.h"
#include "core/stream/windows/window_records.h"

namespace rw {

namespace {

constexpr std::string_view kPieces = "pieces";  ///< of a part
constexpr std::string_view kPiece = "piece";    ///< a file, or groups
constexpr std::size_t kGroupsAtOnce = 8'192;
constexpr int kKeyGroupsBetween = 16;  ///< are taken over before their size is looked at

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

/// Files come to the checkpoint now: their runs may be gone before it is written.
void SliceStore::namePieces(const Tag& tag, Part& part) {
    std::string names;
    part.frozen = false;
    m_namesPieces = true;
    part.others->named.clear();
    for (Part::Piece& piece : part.others->pieces) {
        if (piece.run) {
            if (piece.name.empty()) piece.name = piece.run->saved().name;
            part.others->named.emplace(piece.name, piece.run->bytes());
            if (m_named.insert(piece.name).second) m_toName.push_back({kPiece, piece.run});
        } else {
            const bool isNew = piece.name.empty();
            if (isNew) piece.name = std::to_string(++m_pieces);
            piece.written = piece.written && !isNew && !m_whole;
            part.frozen = part.frozen || !piece.written;
        }
        names.append(piece.name).push_back('\n');
    }
    m_ahead.record(kPieces, kWindowsVersion, [&](StateWriter& record) {
        writeWindow(record, tag.second);
        record.i64("from", tag.first);
        record.bytes("names", names);
    });
}

std::map<std::string, std::uint64_t> SliceStore::runsNamed() const {
    std::map<std::string, std::uint64_t> named;
    for (const Window& slice : m_spilled) {
        for (const auto& [from, part] : m_slices.at(slice)) {
            if (part.others) named.insert(part.others->named.begin(), part.others->named.end());
        }
    }
    return named;
}

/// The checkpoint loses them: should there be a file of the same content again it is named anew.
void SliceStore::forgetRunsNotNamed() {
    if (m_named.empty()) return;
    const std::map<std::string, std::uint64_t> named = runsNamed();
    std::erase_if(m_named, [&named](const std::string& name) { return !named.contains(name); });
}

/// Some groups of the first piece in memory that is not written yet; how many.
std::size_t SliceStore::writeNamed(Part& part, StateWriter& out) {
    std::vector<Part::Piece>& pieces = part.others->pieces;
    const auto end = pieces.begin() + static_cast<std::ptrdiff_t>(part.others->frozen);
    const auto isLeft = [](const Part::Piece& each) { return each.state && !each.written; };
    const auto piece = std::find_if(pieces.begin(), end, isLeft);
    const KeyTable& keys = piece->state->keys;
    if (m_order.empty()) {
        std::array<std::uint64_t, kKeyGroups> counts{};
        m_order = byKeyGroup(keys, counts);
        m_ordered = 0;
    }
    const std::size_t count = std::min(m_order.size() - m_ordered, kGroupsAtOnce);
    const auto some = std::span(m_order).subspan(m_ordered, count);
    forEachKeyGroup(
        {some.begin(), some.end()}, [&keys](std::uint32_t group) { return keys.hash(group); },
        [&](int keyGroup, std::span<const std::uint32_t> groups) {
            out.keyed(kPiece, keyGroup, kWindowsVersion, [&](StateWriter& record) {
                record.bytes(kRunOfContent, piece->name);
                piece->state->snapshot(groups, record);
            });
        });
    m_ordered += count;
    if (m_ordered == m_order.size()) {
        m_order = {};
        piece->written = true;
        part.frozen = std::any_of(piece, end, isLeft);
    }
    return count;
}

Result<SliceStore::SavedPieces> SliceStore::readPieces(const StateReader& state, const KeyGroups& own) {
    SavedPieces out;
    RW_TRY_ASSIGN(const std::vector<StateReader> parts, state.records(kPieces));
    for (const StateReader& record : parts) {
        RW_TRY_ASSIGN(const Tag tag, readTag(record));
        RW_TRY_ASSIGN(const std::string_view names, record.bytes("names"));
        out.parts[tag] = linesOf(names);
    }
    if (out.parts.empty()) return out;
    RW_TRY_ASSIGN(const auto files, state.files());
    for (const auto& [field, record] : files) {
        if (field != kPiece) continue;
        RW_TRY_ASSIGN(SavedRun run, SavedRun::read(record));
        std::erase_if(run.sections, [&](const RunSection& each) { return !own.contains(each.keyGroup); });
        std::string name = run.name;
        out.runs[std::move(name)] = std::move(run);
    }
    RW_TRY_ASSIGN(auto contents, state.keyed(kPiece));
    std::set<std::pair<std::string, std::uint64_t>> seen;
    for (auto& [keyGroup, record] : contents) {
        RW_TRY_ASSIGN(const std::string_view name, record.bytes(kRunOfContent));
        std::vector<SavedPieces::Record>& records = out.contents[std::string(name)];
        // That of a file may be there twice: it was in no part of the state for a while.
        if (record.has(kSectionOfContent)) {
            RW_TRY_ASSIGN(const std::uint64_t section, record.u64(kSectionOfContent));
            if (!seen.emplace(name, section).second) continue;
        }
        if (own.contains(keyGroup)) records.push_back({keyGroup, std::move(record)});
    }
    return out;
}

Status SliceStore::restorePieces(const SavedPieces& saved, const Window& fired, Instant watermark) {
    for (const auto& [tag, names] : saved.parts) {
        RW_TRY_ASSIGN(Part* const part, restoredPart(tag, fired, watermark));
        if (!part) continue;
        for (const std::string& name : names) RW_TRY(restorePiece(saved, name, tag.second, *part));
        RW_TRY(spillAll());
    }
    return {};
}

Status SliceStore::restorePiece(const SavedPieces& saved, const std::string& name, const Window& slice,
                                Part& part) {
    if (const auto run = saved.runs.find(name); run != saved.runs.end()) {
        return run->second.sections.empty() ? Status() : takeOver(run->second, slice, part);
    }
    const auto content = saved.contents.find(name);
    if (content == saved.contents.end()) return brokenState("a piece of a slice");
    GroupState* into = nullptr;
    int at = 0;
    for (const auto& [keyGroup, record] : content->second) {
        if (!m_share.isBounded()) {
            RW_TRY(part.state.mergeSaved(record, keyGroup, Aggregates(*m_plan)));
            continue;
        }
        const int some = keyGroup / kKeyGroupsBetween;
        if (into && std::exchange(at, some) != some) {
            unmeasured(slice, part);
            RW_TRY(spillAll());
            into = nullptr;  // it may have gone to a file
        }
        if (!into) {
            if (!part.others) part.others = std::make_unique<Part::Others>();
            m_spilled.insert(slice);
            part.others->pieces.push_back({nullptr, std::make_unique<GroupState>(*m_plan)});
            into = part.others->pieces.back().state.get();
        }
        RW_TRY(into->restore(record, keyGroup));
    }
    unmeasured(slice, part);
    return {};
}

/// By a name of its own, or read where all is to be in memory.
Status SliceStore::takeOver(SavedRun run, const Window& slice, Part& part) {
    if (m_savedRuns.folder.empty()) return brokenState("a file of no folder");
    unmeasured(slice, part);
    if (m_share.isBounded()) {
        Result<std::unique_ptr<SortedRun>> taken =
            SortedRun::takeOver(m_folder, m_savedRuns.pathOf(run), run);
        if (taken.ok()) {
            if (!part.others) part.others = std::make_unique<Part::Others>();
            m_spilled.insert(slice);
            part.others->pieces.push_back({*std::move(taken)});
            return {};
        }
        if (!m_folder->isOptional()) return taken.status();
        for (Text& note : m_folder->staysInMemory(taken.error())) m_notes.push_back(std::move(note));
        m_share.unbound();
    }
    const std::unique_ptr<SortedRun> read = m_savedRuns.open(std::move(run));
    for (const RunSection& section : read->sections()) {
        RW_TRY_ASSIGN(const std::string bytes, read->read(section));
        RW_TRY_ASSIGN(const StateReader record, StateReader::unsealed(bytes));
        RW_TRY(part.state.mergeSaved(record, section.keyGroup, Aggregates(*m_plan)));
    }
    return {};
}

}  // namespace rw
