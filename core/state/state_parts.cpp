#include "core/state/state_parts.h"

#include <xxhash.h>

#include <cstring>

#include "core/data/state_layout.h"
#include "core/data/state_writer.h"

namespace rw {

namespace {

constexpr std::size_t kSmall = std::size_t{64} << 10, kMiddling = std::size_t{4} << 20;
// There may be millions of small records (a session each): where a part is small, one of so many places cuts.
constexpr std::size_t kSmallPart = std::size_t{8} << 10;
constexpr std::uint64_t kPlacesOfOneCut = 16;
constexpr std::size_t kHeadBytes = 96;
constexpr std::size_t kLongestPart = std::size_t{64} << 20;  // SQLite takes no value beyond 1 GB

/// So many key groups go into one part: thousands of parts of a few bytes cost more than they save.
int groupsTogether(std::size_t stateBytes) {
    if (stateBytes < kSmall) return StateWriter::kKeyGroups;
    return stateBytes < kMiddling ? 16 : 1;
}

struct StateField {
    bool keyed = false, file = false;
    int group = 0;
    std::string_view name{}, all{};  ///< `all`: its bytes from the type on
};

/// The first field of `rest`; false where the bytes are no field.
bool firstField(std::string_view rest, StateField& field) {
    constexpr std::size_t kHead = 4;
    std::uint16_t nameSize = 0;
    std::uint64_t size = 0;
    if (rest.size() < kHead) return false;
    std::memcpy(&nameSize, rest.data() + 2, sizeof nameSize);
    const std::size_t before = kHead + nameSize + sizeof size;
    if (rest.size() < before) return false;
    std::memcpy(&size, rest.data() + kHead + nameSize, sizeof size);
    if (size > rest.size() - before) return false;
    field.keyed = static_cast<StateType>(rest[0]) == StateType::KeyedRecord;
    field.file = static_cast<StateType>(rest[0]) == StateType::File;
    field.group = static_cast<unsigned char>(rest[1]);
    field.name = rest.substr(kHead, nameSize);
    field.all = rest.substr(0, before + static_cast<std::size_t>(size));
    return true;
}

/// Whether a part ends between `a` and `b`, when it is `size` bytes long there. Decided by the content there
/// and not by the number before: a record that grows or comes between must not move all cuts behind it.
bool cutBetween(const StateField& a, const StateField& b, int width, std::size_t size) {
    if (a.keyed != b.keyed || a.file || b.file) return true;
    if (!a.keyed) return false;
    if (a.name == b.name && b.group >= a.group && a.group / width == b.group / width) return false;
    if (size >= kSmallPart) return true;
    const std::string_view head = b.all.substr(0, kHeadBytes);
    return XXH3_64bits(head.data(), head.size()) % kPlacesOfOneCut == 0;
}

void addPart(std::vector<std::string_view>& parts, std::string_view part) {
    for (; part.size() > kLongestPart; part.remove_prefix(kLongestPart))
        parts.push_back(part.substr(0, kLongestPart));
    parts.push_back(part);
}

}  // namespace

std::vector<std::string_view> partsOf(std::string_view state) {
    constexpr std::size_t kBeforeFields = state_layout::kSealSize + sizeof(std::uint32_t);
    std::vector<std::string_view> parts;
    if (state.size() <= kBeforeFields || !state.starts_with(state_layout::kMagic)) {
        addPart(parts, state);
        return parts;
    }
    const int width = groupsTogether(state.size());
    // The seal changes with every byte: it must not carry a large part with it.
    addPart(parts, state.substr(0, kBeforeFields));
    std::size_t begin = kBeforeFields, end = kBeforeFields;
    StateField before, field;
    while (end < state.size()) {
        if (!firstField(state.substr(end), field)) {
            end = state.size();
            break;
        }
        if (end > begin && cutBetween(before, field, width, end - begin)) {
            addPart(parts, state.substr(begin, end - begin));
            begin = end;
        }
        before = field;
        end += field.all.size();
    }
    if (end > begin) addPart(parts, state.substr(begin, end - begin));
    return parts;
}

std::optional<SavedRun> runIn(std::string_view part) {
    StateField field;
    if (!firstField(part, field) || !field.file || field.all.size() != part.size()) return std::nullopt;
    constexpr std::size_t kBeforeName = 4;
    const std::string_view record = part.substr(kBeforeName + field.name.size() + sizeof(std::uint64_t));
    const Result<StateReader> reader = StateReader::unsealed(record);
    if (!reader.ok()) return std::nullopt;
    Result<SavedRun> run = SavedRun::read(*reader);
    return run.ok() ? std::optional(*std::move(run)) : std::nullopt;
}

std::string contentHash(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    std::string out(sizeof hash, '\0');
    std::memcpy(out.data(), &hash.high64, sizeof hash.high64);
    std::memcpy(out.data() + sizeof hash.high64, &hash.low64, sizeof hash.low64);
    return out;
}

}  // namespace rw
